//! Work shared out to threads, its results in the order of the work.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Stack of a worker, in bytes: parsers of deeply nested pages and PDFs recurse.
const STACK: usize = 32 << 20;

/// Does `work` on all that `produce` hands to its argument, on `jobs` threads, and gives the results to `consume` in the
/// order in which they were handed over. Little more is held than `jobs` threads keep busy with, so memory does not grow
/// with the amount of work. When `consume` returns `false`, so does `produce`'s argument, and nothing more is done.
pub fn in_order<T: Send, R: Send>(
    jobs: usize,
    produce: impl FnOnce(&mut dyn FnMut(T) -> bool) + Send,
    work: impl Fn(T) -> R + Sync,
    mut consume: impl FnMut(R) -> bool,
) {
    let waiting = jobs.max(1) * 4;
    let (to_work, from_producer) = sync_channel::<(T, SyncSender<R>)>(waiting);
    // Each piece of work has a channel for its one result; the channels stand in order.
    let (to_order, in_order) = sync_channel::<Receiver<R>>(waiting);
    let from_producer = Mutex::new(from_producer);
    std::thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            let (work, from_producer) = (&work, &from_producer);
            let spawned = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || {
                loop {
                    // A lock is poisoned only by a panic inside it, and nothing in it can panic.
                    let next = from_producer.lock().map(|queue| queue.recv());
                    let Ok(Ok((item, done))) = next else { break };
                    // Nobody waits for the result any more once the consumer has stopped.
                    let _ = done.send(work(item));
                }
            });
            drop(spawned);
        }
        scope.spawn(move || {
            produce(&mut |item| {
                let (done, result) = sync_channel(1);
                to_order.send(result).is_ok() && to_work.send((item, done)).is_ok()
            });
        });
        for result in in_order {
            // A worker that panicked leaves no result; the document's own guard has reported it.
            if let Ok(result) = result.recv()
                && !consume(result)
            {
                break;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_for_any_number_of_jobs() {
        for jobs in [1, 2, 7] {
            let mut seen = Vec::new();
            in_order(
                jobs,
                |give| (0..200u64).for_each(|n| assert!(give(n))),
                |n| {
                    // The first take longest, so that the order of finishing is another.
                    std::thread::sleep(std::time::Duration::from_micros(200 - n));
                    n * 2
                },
                |n| {
                    seen.push(n);
                    true
                },
            );
            assert_eq!(seen, (0..200).map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_consumer_can_stop() {
        let (mut seen, mut given) = (0, 0);
        in_order(
            2,
            |give| {
                while give(()) {
                    given += 1;
                }
            },
            |()| (),
            |()| {
                seen += 1;
                seen < 10
            },
        );
        assert!(seen == 10 && given < 100, "{seen} {given}");
    }
}
