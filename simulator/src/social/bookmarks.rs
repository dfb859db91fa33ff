//! The posts that people have bookmarked, and the folders of bookmarks.

#[derive(Debug, Clone)]
pub struct Bookmark {
    pub user_id: String,
    pub tweet_id: String,
    pub folder_id: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Folder {
    pub id: String,
    pub user_id: String,
    pub name: String,
}

/// All bookmarks and folders, oldest first.
#[derive(Default)]
pub struct Bookmarks {
    marks: Vec<Bookmark>,
    folders: Vec<Folder>,
}

impl Bookmarks {
    /// Adds a bookmark. A post that is bookmarked already moves to the folder, if one is given.
    pub fn add(&mut self, user_id: &str, tweet_id: &str, folder_id: Option<&str>) {
        let known = self.marks.iter_mut().find(|mark| mark.user_id == user_id && mark.tweet_id == tweet_id);
        let folder_id = folder_id.map(str::to_owned);
        match known {
            Some(known) => known.folder_id = folder_id.or_else(|| known.folder_id.take()),
            None => {
                self.marks.push(Bookmark { user_id: user_id.to_owned(), tweet_id: tweet_id.to_owned(), folder_id });
            }
        }
    }

    pub fn remove(&mut self, user_id: &str, tweet_id: &str) {
        self.marks.retain(|mark| mark.user_id != user_id || mark.tweet_id != tweet_id);
    }

    pub fn of(&self, user_id: &str) -> Vec<Bookmark> {
        self.marks.iter().filter(|mark| mark.user_id == user_id).cloned().collect()
    }

    /// How many people have bookmarked a post.
    pub fn count(&self, tweet_id: &str) -> usize {
        self.marks.iter().filter(|mark| mark.tweet_id == tweet_id).count()
    }

    pub fn add_folder(&mut self, id: String, user_id: &str, name: &str) -> Folder {
        let folder = Folder { id, user_id: user_id.to_owned(), name: name.to_owned() };
        self.folders.push(folder.clone());
        folder
    }

    pub fn folders(&self, user_id: &str) -> Vec<Folder> {
        self.folders.iter().filter(|folder| folder.user_id == user_id).cloned().collect()
    }
}
