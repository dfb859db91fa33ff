//! Turns the fuzzer's bytes into choices. After their end, every byte is 0.

pub struct Input<'d>(&'d [u8]);

impl<'d> Input<'d> {
    pub fn new(data: &'d [u8]) -> Self {
        Input(data)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn byte(&mut self) -> u8 {
        match self.0 {
            [first, rest @ ..] => {
                self.0 = rest;
                *first
            }
            [] => 0,
        }
    }

    /// True for one of `cases` values of the next byte.
    pub fn one_in(&mut self, cases: u8) -> bool {
        self.byte() % cases == cases - 1
    }

    pub fn pick<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        let index = usize::from(self.byte()) % list.len();
        &list[index]
    }

    /// Bytes whose number the next byte says.
    pub fn bytes(&mut self) -> &'d [u8] {
        let length = usize::from(self.byte()).min(self.0.len());
        let (bytes, rest) = self.0.split_at(length);
        self.0 = rest;
        bytes
    }

    pub fn text(&mut self) -> String {
        String::from_utf8_lossy(self.bytes()).into_owned()
    }

    pub fn rest(&mut self) -> &'d [u8] {
        std::mem::take(&mut self.0)
    }
}
