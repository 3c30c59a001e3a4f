"""Worker processes at the gate, the same under each way to start them."""

import multiprocessing
import sys
import textwrap

import pytest

from autograder.checks import CheckFailed, Gate, Run, Watch, call, module
from autograder.checks.arrivals import HeldStr
from autograder.checks.values import plain, same

METHODS = multiprocessing.get_all_start_methods()

RIGHT = {
    "executor": """
        def double_all(numbers, workers):
            with ProcessPoolExecutor(workers) as pool:
                return list(pool.map(double, numbers))
    """,
    "pool": """
        def double_all(numbers, workers):
            with multiprocessing.Pool(workers) as pool:
                return [answer.get() for answer in [pool.apply_async(double, (number,)) for number in numbers]]
    """,
    "copies": """
        def double_all(numbers, workers):
            with multiprocessing.Pool(workers) as pool:
                return pool.map(double, [int(number) for number in numbers])
    """,
    "chunks": """
        def double_all(numbers, workers):
            with ProcessPoolExecutor(workers) as pool:
                return list(pool.map(double, numbers, chunksize=2))
    """,
    "all_numbers_for_each_worker": """
        def keep(all_numbers):
            global numbers
            numbers = all_numbers

        def double_at(place):
            return 2 * numbers[place]

        def double_all(numbers, workers):
            with multiprocessing.Pool(workers, initializer=keep, initargs=(numbers,)) as pool:
                return pool.map(double_at, range(len(numbers)))
    """,
    "subclass_of_process": """
        class Doubling(multiprocessing.Process):
            def __init__(self, numbers, answers, free):
                super().__init__()
                self.numbers, self.answers, self.free = numbers, answers, free

            def run(self):
                with self.free:
                    self.answers.put({number: 2 * number for number in self.numbers})

        def double_all(numbers, workers):
            answers, free = multiprocessing.Queue(), multiprocessing.Semaphore(workers)
            processes = [Doubling(numbers[begin::workers], answers, free) for begin in range(workers)]
            for process in processes:
                process.start()
            results = {}
            for _ in processes:
                results |= answers.get()
            for process in processes:
                process.join()
            return [results[number] for number in numbers]
    """,
    "queue_of_a_manager": """
        def work(tasks, results):
            while (task := tasks.get()) is not None:
                place, number = task
                results[place] = 2 * number

        def double_all(numbers, workers):
            with multiprocessing.Manager() as manager:
                tasks, results = manager.Queue(), manager.dict()
                processes = [multiprocessing.Process(target=work, args=(tasks, results)) for _ in range(workers)]
                for process in processes:
                    process.start()
                for task in enumerate(numbers):
                    tasks.put(task)
                for _ in processes:
                    tasks.put(None)
                for process in processes:
                    process.join()
                return [results[place] for place in range(len(numbers))]
    """,
    "bounded_processes": """
        def work(number, place, answers):
            answers.put((place, 2 * number))

        def double_all(numbers, workers):
            answers, results, free = multiprocessing.Queue(), {}, workers
            processes = []
            for place, number in enumerate(numbers):
                if not free:
                    finished, result = answers.get()
                    results[finished] = result
                    processes[finished].join()
                    free += 1
                processes.append(multiprocessing.Process(target=work, args=(number, place, answers)))
                processes[-1].start()
                free -= 1
            while len(results) < len(numbers):
                finished, result = answers.get()
                results[finished] = result
            for process in processes:
                process.join()
            return [results[place] for place in range(len(numbers))]
    """,
    "manager": """
        def keep(number, place, results):
            results[place] = 2 * number

        def double_all(numbers, workers):
            with multiprocessing.Manager() as manager:
                results = manager.dict()
                with multiprocessing.Pool(workers) as pool:
                    pool.starmap(keep, [(number, place, results) for place, number in enumerate(numbers)])
                return [results[place] for place in range(len(numbers))]
    """,
}
WRONG = {
    "threads": (
        """
        def double_all(numbers, workers):
            with ThreadPoolExecutor(workers) as pool:
                return list(pool.map(double, numbers))
        """,
        "no worker process ever received one of the inputs",
    ),
    "lambda": (
        """
        def double_all(numbers, workers):
            with ProcessPoolExecutor(workers) as pool:
                return list(pool.map(lambda number: 2 * number, numbers))
        """,
        "A worker process finds a function by its module and name",
    ),
    "one_at_a_time": (
        """
        def double_all(numbers, workers):
            with ProcessPoolExecutor(workers) as pool:
                return [pool.submit(double, number).result() for number in numbers]
        """,
        "only 1 at a time, one after the other",
    ),
    "apply": (
        """
        def double_all(numbers, workers):
            with multiprocessing.Pool(workers) as pool:
                return [pool.apply(double, (number,)) for number in numbers]
        """,
        "only 1 at a time, one after the other",
    ),
    "starts_and_joins": (
        """
        def work(number, answers):
            answers.put(2 * number)

        def double_all(numbers, workers):
            answers, results = multiprocessing.SimpleQueue(), []
            for number in numbers:
                process = multiprocessing.Process(target=work, args=(number, answers))
                process.start()
                process.join()
                results.append(answers.get())
            return results
        """,
        "only 1 at a time, one after the other",
    ),
    "batches": (
        """
        def double_all(numbers, workers):
            results = []
            with ProcessPoolExecutor(workers) as pool:
                for begin in range(0, len(numbers), workers):
                    results += pool.map(double, numbers[begin : begin + workers])
            return results
        """,
        "when 30 had ended, only 1 at the same time: 10",
    ),
    "pool_that_replaces_its_workers": (
        """
        pools = []

        def double_all(numbers, workers):
            pools.append(multiprocessing.Pool(workers))
            return pools[-1].map(double, numbers)
        """,
        "2 child processes behind",
    ),
    "a_process_for_each": (
        """
        def work(number, answers):
            answers.put(2 * number)

        def double_all(numbers, workers):
            answers = multiprocessing.Queue()
            for number in numbers:
                multiprocessing.Process(target=work, args=(number, answers)).start()
            return [answers.get() for _ in numbers]
        """,
        "at the same time",
    ),
    "variable_of_the_child": (
        """
        results = []

        def keep(number):
            results.append(2 * number)

        def double_all(numbers, workers):
            with ProcessPoolExecutor(workers) as pool:
                list(pool.map(keep, numbers))
            return results
        """,
        "returned []",
    ),
    "never_shut_down": (
        """
        pools = []

        def double_all(numbers, workers):
            pools.append(ProcessPoolExecutor(workers))
            return list(pools[-1].map(double, numbers))
        """,
        "left 1 thread and 2 child processes behind",
    ),
    "left_to_be_collected": (
        """
        def double_all(numbers, workers):
            return list(ProcessPoolExecutor(workers).map(double, numbers))
        """,
        "before its pool was shut down and its processes had ended",
    ),
}
HEAD = """
import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

def double(number):
    return 2 * number
"""


def write(code, path="doubling.py"):
    with open(path, "w") as file:
        file.write(HEAD + textwrap.dedent(code))


def check(workers=2):
    with Gate() as gate:
        started = gate.start(module("doubling").double_all, gate.values([30, 10, 20, 40, 5]), workers)
        gate.expect_at_once(workers)
        gate.finish_one()
        gate.expect_at_once(workers)
        gate.finish_all(last_first=True)
        gate.expect_peak(workers)
        started.expect_result([60, 20, 40, 80, 10])
        started.expect_nothing_left()


@pytest.mark.parametrize("kind", RIGHT)
def test_right_code_of_any_kind_passes(start_method, kind):
    write(RIGHT[kind])
    check()


def test_a_queue_that_an_exception_keeps_counts_as_nothing_left(start_method):
    write("""
    def fail(numbers, results):
        results.put(KeyError(numbers.get()))

    def double_all(numbers, workers):
        inputs, results = multiprocessing.Queue(), multiprocessing.Queue()
        child = multiprocessing.Process(target=fail, args=(inputs, results))
        child.start()
        inputs.put(numbers[0])
        error = results.get()
        child.join()
        raise error
    """)
    with Run() as run:
        call = run.start(module("doubling").double_all, [3], 1)
        call.expect_error(KeyError)
        call.expect_nothing_left()


@pytest.mark.parametrize("kind", WRONG)
def test_wrong_code_is_told_what_it_did_and_the_next_run_is_judged_alone(start_method, kind):
    code, words = WRONG[kind]
    write(code)
    with pytest.raises(CheckFailed) as caught:
        check()
    assert words in str(caught.value)
    write(RIGHT["executor"])
    check()
    with Gate() as gate:
        assert gate.children_left() == []


@pytest.mark.parametrize(
    ("worker", "words"),
    [
        ("double, numbers", None),
        ("double, map(int, numbers)", "none of them received one of the inputs as it is"),
        ("int, map(double, numbers)", "none of them received one of the inputs as it is"),
        ("double, [int(numbers[0]), numbers[1]]", "no worker process received 30"),
    ],
)
def test_work_that_the_caller_did_before_it_asked_a_worker_is_told(start_method, worker, words):
    write(f"""
        def double_all(numbers, workers):
            with ProcessPoolExecutor(workers) as pool:
                return list(pool.map({worker}))
    """)
    with Gate() as gate:
        gate.start(module("doubling").double_all, gate.values([30, 10]), 2)
        gate.finish_all()
        for _ in range(2):
            if words is None:
                gate.expect_handed_over()
            else:
                with pytest.raises(CheckFailed, match=words):
                    gate.expect_handed_over()


@pytest.mark.skipif("fork" not in METHODS, reason="only a forked process has what is in a closure")
@pytest.mark.parametrize("start_method", ["fork"], indirect=True)
def test_values_in_the_closure_of_a_forked_function_arrive(start_method):
    write("""
        def double_all(numbers, workers):
            def work(number):
                def job(answers, other=numbers[1]):
                    answers.put((number, other))
                return job

            answers = multiprocessing.SimpleQueue()
            process = multiprocessing.Process(target=work(numbers[0]), args=(answers,))
            process.start()
            process.join()
            return answers.get()
    """)
    with Gate() as gate:
        started = gate.start(module("doubling").double_all, gate.values([30, 10]), 2)
        gate.finish(30, 10)
        started.expect_result((30, 10))


def test_a_module_is_read_anew_after_each_change(start_method):
    write("def answer(): return 1")
    call(module("doubling").answer).expect_result(1)
    write("def answer(): return 2")
    call(module("doubling").answer).expect_result(2)


def test_a_module_that_is_missing_or_broken_is_told_in_one_message(start_method):
    with pytest.raises(CheckFailed, match=r"there is no file nowhere.py beside the notebook"):
        call(module("nowhere").answer).expect_result(1)
    write("def answer(:")
    with pytest.raises(CheckFailed, match=r"SyntaxError in line \d+ of doubling.py"):
        call(module("doubling").answer).expect_result(1)
    write("import nothing_of_that_name")
    with pytest.raises(CheckFailed, match=r"ModuleNotFoundError in line 7 of doubling.py"):
        call(module("doubling").answer).expect_result(1)
    write("")
    with pytest.raises(CheckFailed, match=r"answer is not defined in doubling.py"):
        call(module("doubling").answer).expect_result(1)


def test_a_value_of_the_gate_is_plain_data_in_its_own_process():
    with Gate() as gate:
        number, text = gate.values([7, "seven"])
        assert (number + 1, text.upper(), f"{text}") == (8, "SEVEN", "seven")
        assert isinstance(text, HeldStr)
        assert same(plain({text: [number]}), {"seven": [7]})
        assert type(plain(text)) is str


def test_files_opened_in_the_calling_process_are_named(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("a" * 10_000)

    def reads(where):
        return len(where.read_text())

    with Watch([path, tmp_path / "b.txt"]) as watch:
        started = call(reads, path)
        started.expect_result(10_000)
    with pytest.raises(CheckFailed, match=r"a.txt' was opened in the calling process"):
        watch.expect_opened_by_workers(started)
    with Watch([tmp_path / "b.txt"]) as watch:
        watch.expect_opened_by_workers(call(reads, path))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts the bytes that a thread reads")
def test_what_workers_send_back_is_counted(start_method):
    write("""
        def texts(sizes):
            with ProcessPoolExecutor(2) as pool:
                return [len(text) for text in pool.map(text_of, sizes)]

        def text_of(size):
            with open(__file__) as other:
                assert other.read() * 1000
            return "x" * size
    """)
    for size, is_much in ((3_000_000, True), (1_000, False)):
        with Gate() as gate, Watch([]) as watch:
            started = gate.start(module("doubling").texts, gate.values([size, 1]))
            gate.finish(size)
            if is_much:
                with pytest.raises(CheckFailed, match=r"the workers sent 3,\d\d\d,\d\d\d bytes"):
                    watch.expect_received_less_than(2_000_000, started)
            else:
                watch.expect_received_less_than(2_000_000, started)
