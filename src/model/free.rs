//! Names that nobody else has.

/// The first name that `take` takes: `name(1)` is the one wished for, later ones carry their number.
pub fn first_free<N>(name: impl Fn(u32) -> N, mut take: impl FnMut(&N) -> bool) -> N {
    let mut number = 1;
    loop {
        let name = name(number);
        if take(&name) {
            return name;
        }
        number += 1;
    }
}
