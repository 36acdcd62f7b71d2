"""`./varn worker`: runs the jobs in the database's queue, and those that come at set times."""

import asyncio
import os
from typing import Any

STALLED_EVERY = "*/2 * * * *"  # cron; a worker that was killed leaves its job "doing"


def main(_argv: list[str]) -> int:
    """Run until told to stop. A job's row is deleted when it is done: nothing of it lingers in a dump."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varn.config.settings")
    django.setup()
    from procrastinate.contrib.django import app

    app.periodic(cron=STALLED_EVERY)(app.task(name="varn.run.worker.take_over_stalled", pass_context=True)(take_over_stalled))
    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()) as working:
        asyncio.run(_work(working))
    return 0


async def _work(app: Any) -> None:
    async with app.open_async():
        await app.run_worker_async(delete_jobs="always", shutdown_graceful_timeout=2)


async def take_over_stalled(context: Any, timestamp: int) -> None:
    """Put back in the queue what a worker that no longer gives signs of life had begun."""
    for job in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(job)
