//! Lists that are kept sorted, each item once. The trees and sorts of the standard library would be ten times as much
//! machine code.

/// Adds the item if it isn't there. Returns whether it was added.
pub(super) fn add<T: Ord>(list: &mut Vec<T>, item: T) -> bool {
    match list.binary_search(&item) {
        Ok(_) => false,
        Err(place) => {
            list.insert(place, item);
            true
        }
    }
}

/// Adds those of the other items that are not there.
pub(super) fn unite(list: &mut Vec<usize>, others: &[usize]) {
    for item in others {
        add(list, *item);
    }
}
