"""One class for each way with the same method, and a table of them."""

import asyncio
import concurrent.futures
import threading

from gevent import pool as gpool


class Threads:
    def run(self, urls, fetch, workers):
        with concurrent.futures.ThreadPoolExecutor(workers) as executor:
            return list(executor.map(fetch, urls))


class Gevent:
    def run(self, urls, fetch, workers):
        pool = gpool.Pool(workers)
        try:
            return list(pool.imap(fetch, urls))
        except BaseException:
            pool.kill()
            raise
        finally:
            pool.join()


class Asyncio(threading.Thread):
    def run_all(self, urls, fetch, workers):
        self.arguments, self.outcome = (urls, fetch, workers), concurrent.futures.Future()
        self.start()
        self.join()
        return self.outcome.result()

    def run(self):
        with asyncio.Runner() as runner:
            try:
                self.outcome.set_result(runner.run(self.all(*self.arguments)))
            except Exception as error:
                self.outcome.set_exception(error)

    async def all(self, urls, fetch, workers):
        limit = asyncio.Semaphore(workers)

        async def limited(url):
            await limit.acquire()
            try:
                return await fetch(url)
            finally:
                limit.release()

        return await asyncio.gather(*[limited(url) for url in urls])


def three_ways(urls, fetch, fetch_async, workers):
    if workers < 1:
        raise ValueError("workers < 1")
    return dict(
        threads=Threads().run(urls, fetch, workers),
        gevent=Gevent().run(urls, fetch, workers),
        asyncio=Asyncio().run_all(urls, fetch_async, workers),
    )
