//! Lists that are kept sorted, each item once. Trees and sorts of the standard library make ten times the code.

/// Whether the item is new.
pub(super) fn add<T: Ord>(list: &mut Vec<T>, item: T) -> bool {
    match list.binary_search(&item) {
        Ok(_) => false,
        Err(place) => {
            list.insert(place, item);
            true
        }
    }
}

pub(super) fn unite(list: &mut Vec<usize>, others: &[usize]) {
    for item in others {
        add(list, *item);
    }
}
