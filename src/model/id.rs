//! Who is meant: a place in one list that is a place in no other.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut, Index, IndexMut};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A place in the list that this type is made for, counted from 0.
pub trait Id: Copy + Ord {
    #[must_use]
    fn from_place(place: usize) -> Self;

    #[must_use]
    fn place(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(usize);

        impl $name {
            #[must_use]
            pub const fn at(place: usize) -> Self {
                Self(place)
            }

            #[must_use]
            pub const fn place(self) -> usize {
                self.0
            }

            /// The same counted from one, as people and programs are told it.
            #[must_use]
            pub const fn number(self) -> usize {
                self.0 + 1
            }
        }

        impl Id for $name {
            fn from_place(place: usize) -> Self {
                Self(place)
            }

            fn place(self) -> usize {
                self.0
            }
        }
    )*};
}

ids! {
    /// A society of the roster.
    SocietyId;
    /// A review group of the roster.
    GroupId;
    /// A listed reviewer of the roster.
    ReviewerId;
    /// 评分行: a scored line of the scheme, and its row in every form.
    LineId;
    /// A form among all that came in, in the order of files and tabs. The id printed on it is another matter.
    FormKey;
}

/// A list whose members are called by an id that fits no other list.
pub struct Keyed<I, T> {
    items: Vec<T>,
    ids: PhantomData<fn(I) -> I>,
}

impl<I: Id, T> Keyed<I, T> {
    /// Every id, in order.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = I> + Clone + use<I, T> {
        (0..self.items.len()).map(I::from_place)
    }

    /// Every member with its id.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = (I, &T)> + Clone {
        self.items
            .iter()
            .enumerate()
            .map(|(at, item)| (I::from_place(at), item))
    }

    /// The same, to be changed.
    pub fn entries_mut(&mut self) -> impl Iterator<Item = (I, &mut T)> {
        let items = self.items.iter_mut().enumerate();
        items.map(|(at, item)| (I::from_place(at), item))
    }

    #[must_use]
    pub fn get(&self, id: I) -> Option<&T> {
        self.items.get(id.place())
    }

    pub fn get_mut(&mut self, id: I) -> Option<&mut T> {
        self.items.get_mut(id.place())
    }

    /// The first that `is_it`.
    pub fn find(&self, is_it: impl FnMut(&T) -> bool) -> Option<I> {
        self.items.iter().position(is_it).map(I::from_place)
    }

    /// What the next to be added will be called.
    #[must_use]
    pub fn next(&self) -> I {
        I::from_place(self.items.len())
    }

    /// Adds one at the end and says what it is called.
    pub fn push(&mut self, item: T) -> I {
        let id = self.next();
        self.items.push(item);
        id
    }
}

impl<I: Id, T: Clone> Keyed<I, T> {
    /// The same for each of a list of `len`.
    #[must_use]
    pub fn of(item: T, len: usize) -> Self {
        vec![item; len].into()
    }
}

impl<I: Id, T> Index<I> for Keyed<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        &self.items[id.place()]
    }
}

impl<I: Id, T> IndexMut<I> for Keyed<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.items[id.place()]
    }
}

impl<I, T> Deref for Keyed<I, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<I, T> DerefMut for Keyed<I, T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.items
    }
}

impl<I, T> From<Vec<T>> for Keyed<I, T> {
    fn from(items: Vec<T>) -> Self {
        Self {
            items,
            ids: PhantomData,
        }
    }
}

impl<I, T> FromIterator<T> for Keyed<I, T> {
    fn from_iter<A: IntoIterator<Item = T>>(items: A) -> Self {
        Vec::from_iter(items).into()
    }
}

impl<I, T> IntoIterator for Keyed<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'k, I, T> IntoIterator for &'k Keyed<I, T> {
    type Item = &'k T;
    type IntoIter = std::slice::Iter<'k, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<'k, I, T> IntoIterator for &'k mut Keyed<I, T> {
    type Item = &'k mut T;
    type IntoIter = std::slice::IterMut<'k, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter_mut()
    }
}

impl<I, T> Default for Keyed<I, T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<I, T: Clone> Clone for Keyed<I, T> {
    fn clone(&self) -> Self {
        self.items.clone().into()
    }
}

impl<I, T: PartialEq> PartialEq for Keyed<I, T> {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items
    }
}

impl<I, T: Eq> Eq for Keyed<I, T> {}

impl<I, T: fmt::Debug> fmt::Debug for Keyed<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}

impl<'de, I, T: Deserialize<'de>> Deserialize<'de> for Keyed<I, T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Vec::deserialize(from).map(Self::from)
    }
}

impl<I, T: Serialize> Serialize for Keyed<I, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.items.serialize(to)
    }
}
