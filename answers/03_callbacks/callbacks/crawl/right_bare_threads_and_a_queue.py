"""Worker threads of its own take urls from a queue and put what they find back; `join` of the queue says when."""

import queue
import threading


def crawl(start, fetch, links, workers):
    if workers < 1:
        raise ValueError("workers must be 1 or more")
    todo: queue.Queue = queue.Queue()
    seen, errors, lock = {start}, [], threading.Lock()
    todo.put(start)

    def work():
        while (url := todo.get()) is not None:
            try:
                if not errors:
                    for found in links(fetch(url)):
                        with lock:
                            if found in seen:
                                continue
                            seen.add(found)
                        todo.put(found)
            except Exception as error:
                errors.append(error)
            finally:
                todo.task_done()

    threads = [threading.Thread(target=work, name=f"crawler {number}") for number in range(workers)]
    for thread in threads:
        thread.start()
    todo.join()
    for _ in threads:
        todo.put(None)
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return seen
