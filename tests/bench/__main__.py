"""Measures that count are ratios within one run: `make bench`."""

from tests.bench import (
    bench_coach,
    bench_documents,
    bench_hall,
    bench_outbox,
    bench_phone,
    bench_storage,
    bench_suggestions,
)

if __name__ == '__main__':
    bench_storage.main()
    bench_outbox.main()
    bench_suggestions.main()
    bench_phone.main()
    bench_coach.main()
    bench_documents.main()
    bench_hall.main()
