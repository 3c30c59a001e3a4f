"""Lets nest_asyncio patch asyncio, and runs the coroutine by asyncio.run."""

import asyncio

import nest_asyncio


def run_anywhere(coroutine):
    nest_asyncio.apply()
    return asyncio.run(coroutine)
