"""Starts a thread for each url that is found.

Misconception: leaves the number of workers to the number of urls
Fails crawl-at_once: What bounds the number of workers here?
Fails crawl-arguments: started: '/'
"""

import threading


def crawl(start, fetch, links, workers):
    found, errors, threads = {start}, [], []
    lock = threading.Lock()

    def visit(url):
        try:
            for link in links(fetch(url)):
                with lock:
                    if link in found:
                        continue
                    found.add(link)
                    threads.append(threading.Thread(target=visit, args=(link,)))
                    threads[-1].start()
        except Exception as error:
            errors.append(error)

    threads.append(threading.Thread(target=visit, args=(start,)))
    threads[0].start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return found
