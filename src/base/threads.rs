//! Work on other threads: with room for deep nesting, or shared out where there is much of it. Where no thread can be had,
//! the work is done here.

use std::thread::{Builder, ScopedJoinHandle};

/// What any thread has for its stack at least: whatever can be read can be worked on anywhere. Only what is used is taken.
const ROOM: usize = 64 << 20;

/// Work on a thread with so many bytes of stack.
pub fn with_room<R: Send>(room: usize, work: impl Fn() -> R + Sync) -> R {
    std::thread::scope(|scope| finished(Builder::new().stack_size(room).spawn_scoped(scope, &work).ok(), &work))
}

/// Work on each share of a list, on a thread each; what comes of them, in the order of the list.
pub fn shared<T: Sync, R: Send>(list: &[T], threads: usize, work: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    let shares: Vec<&[T]> = list.chunks(list.len().div_ceil(threads.max(1)).max(1)).collect();
    let work = &work;
    std::thread::scope(|scope| {
        let started: Vec<_> = shares.iter().skip(1).map(|share| Builder::new().stack_size(ROOM).spawn_scoped(scope, move || work(share)).ok()).collect();
        let first: Vec<R> = shares.first().map(|share| work(share)).into_iter().collect();
        let others = started.into_iter().zip(&shares[shares.len().min(1)..]).map(|(worker, share)| finished(worker, || work(share)));
        first.into_iter().chain(others).collect()
    })
}

/// Work here, while other work goes on beside it; what comes of that, and of this.
pub fn beside<S: Send, R>(work: impl Fn() -> S + Sync, here: impl FnOnce() -> R) -> (S, R) {
    std::thread::scope(|scope| {
        let started = Builder::new().stack_size(ROOM).spawn_scoped(scope, &work).ok();
        let made = here();
        (finished(started, &work), made)
    })
}

fn finished<R>(worker: Option<ScopedJoinHandle<'_, R>>, work: impl Fn() -> R) -> R {
    worker.and_then(|worker| worker.join().ok()).unwrap_or_else(work)
}

#[cfg(test)]
mod tests {
    use super::{shared, with_room};

    #[test]
    fn what_is_shared_out_comes_back_in_order() {
        let list: Vec<usize> = (0..10).collect();
        for threads in [0, 1, 2, 3, 10, 64] {
            assert_eq!(shared(&list, threads, <[usize]>::to_vec).concat(), list, "{threads}");
        }
        assert!(shared(&[] as &[usize], 4, <[usize]>::len).is_empty());
    }

    #[test]
    fn work_that_fails_elsewhere_is_done_here() {
        let here = std::thread::current().id();
        let work = || if std::thread::current().id() == here { 1 } else { panic!("as if the thread had run out of room") };
        assert_eq!(with_room(1 << 20, work), 1);
    }
}
