"""A task group, run by an asyncio.Runner; it prints the lines, too."""

import asyncio


async def func(i, lines):
    print("start:", i)
    lines.append("start: " + str(i))
    await asyncio.sleep(0.02)
    print("end:", i)
    lines.append("end: " + str(i))


async def main():
    lines = []
    async with asyncio.TaskGroup() as group:
        group.create_task(func(1, lines))
        group.create_task(func(3, lines))
    return lines


def modernize():
    with asyncio.Runner() as runner:
        return runner.run(main())
