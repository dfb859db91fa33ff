//! The type of a file: by its content, else by its name, else by what the caller says. A file that X does not take is
//! refused before anything is sent; the error names the file and its type.

mod support;

use serde_json::{Value, json};
use support::files::{TemporaryFile, filler};
use support::{X, call_with, media, merged, refuse, succeed, text};
use twitter_guest::Options;
use twitter_simulator::{Options as Simulated, RequestRecord};

const PNG: &[u8] = include_bytes!("media/picture.png");
const SRT: &str = "1\n00:00:00,000 --> 00:00:01,000\nПривет\n";
const MARK: &str = "\u{feff}";

fn lenient() -> X {
    X::with(Simulated { check_content: false, processing_seconds: 0, ..Simulated::default() })
}

fn upload(x: &X, content: &[u8], request: Value) -> Value {
    x.simulator.clear_requests();
    let request = merged(json!({"file": {"bytes": 0}, "wait": false}), request);
    call_with("upload_media_file", &x.oauth2(), request, Options { bytes: &[content], ..Options::default() })
}

/// What X was told: the media type, and the category of what it stored.
#[track_caller]
fn told(x: &X, content: &[u8], request: Value) -> (String, String) {
    let envelope = upload(x, content, request);
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    let first = &x.simulator.requests()[0];
    let stored = x.simulator.media(text(&envelope, "/result/media_id")).expect("it is stored");
    (declared(first), stored.category)
}

fn declared(request: &RequestRecord) -> String {
    let body = String::from_utf8_lossy(&request.body).into_owned();
    if request.path.ends_with("/initialize") {
        let body: Value = serde_json::from_str(&body).expect("JSON");
        return text(&body, "/media_type").to_owned();
    }
    let after = body.split("Content-Type: ").nth(1).unwrap_or_default();
    after.lines().next().unwrap_or_default().to_owned()
}

/// The message for a content that is refused; nothing is sent.
#[track_caller]
fn refused(x: &X, content: &[u8], request: Value) -> String {
    let envelope = upload(x, content, request.clone());
    let error = &envelope["error"];
    assert_eq!(
        (&error["kind"], &error["field"]),
        (&json!("invalid_request"), &json!("file")),
        "{request}: {envelope:#}"
    );
    assert_eq!(error["outcome"], "not_sent");
    assert!(x.simulator.requests().is_empty());
    text(error, "/message").to_owned()
}

fn ftyp(brand: &str) -> Vec<u8> {
    [b"\0\0\0\x14ftyp", brand.as_bytes(), b"\0\0\0\0isom\0\0\0\x08moov"].concat()
}

fn boxed(kind: &str, content: &[u8]) -> Vec<u8> {
    [&(8 + content.len() as u32).to_be_bytes(), kind.as_bytes(), content].concat()
}

fn packets(length: usize, first: usize, count: usize) -> Vec<u8> {
    let mut packet = vec![0xff; length];
    packet[first] = 0x47;
    packet.repeat(count)
}

fn matroska(doc_type: &[u8]) -> Vec<u8> {
    [b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82", doc_type].concat()
}

/// A TIFF file, least byte first: its first directory, and one below that its tag 330 points to.
fn tiff(first: &[(u16, u16, u32, u32)], below: &[(u16, u16, u32, u32)]) -> Vec<u8> {
    let directory = |entries: &[(u16, u16, u32, u32)]| {
        let mut bytes = (entries.len() as u16).to_le_bytes().to_vec();
        for (tag, kind, count, value) in entries {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(kind.to_le_bytes());
            bytes.extend(count.to_le_bytes());
            bytes.extend(value.to_le_bytes());
        }
        bytes.extend([0; 4]);
        bytes
    };
    let mut bytes = b"II*\0\x08\0\0\0".to_vec();
    bytes.extend(directory(first));
    bytes.resize(256, 0);
    bytes.extend(b"NIKON CORPORATION\0");
    bytes.resize(320, 0);
    bytes.extend(directory(below));
    bytes.resize(512, 0);
    bytes
}

const MAKE: (u16, u16, u32, u32) = (271, 2, 18, 256);
const STRIPS: (u16, u16, u32, u32) = (273, 4, 1, 400);
const BELOW: (u16, u16, u32, u32) = (330, 4, 1, 320);

#[test]
fn every_brand_of_a_video_is_mp4() {
    let x = lenient();
    for brand in [
        "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "mp71", "avc1", "dash",
        "mmp4", "MSNV", "M4V ", "M4VH", "M4VP", "F4V ", "F4P ", "3gp4", "3gp5", "3gp6", "3gg6", "3ge6", "3g2a", "3g2c",
        "cmfc", "cmf2", "msdh", "msix", "hlsf", "piff", "XAVC", "CAEP", "caqv", "nvr1", "pana", "niko", "isml", "mobi",
        "hvc1", "hev1", "av01", "dby1", "ccff", "mj2s", "    ", "\0\0\0\0",
    ] {
        assert_eq!(told(&x, &ftyp(brand), json!({})), ("video/mp4".to_owned(), "tweet_video".to_owned()), "{brand}");
    }
    // Fragments of one, each as it may begin a file.
    for kind in ["styp", "moof", "sidx", "emsg", "prft"] {
        assert_eq!(told(&x, &boxed(kind, b"msdh\0\0\0\0"), json!({})).0, "video/mp4", "{kind}");
    }
    // Padding before the brand.
    let padded = [boxed("free", &[0; 40]), ftyp("mp42")].concat();
    assert_eq!(told(&x, &padded, json!({})).0, "video/mp4");
}

#[test]
fn quicktime_is_known_with_its_brand_and_without() {
    let x = lenient();
    let mut files = vec![ftyp("qt  "), [boxed("wide", b""), b"\0\0\0\x01mdat\0\0\0\0\0\0\0\x18".to_vec()].concat()];
    files.extend(["moov", "mdat", "free", "skip", "wide", "pnot"].map(|kind| boxed(kind, &[0; 24])));
    files.push([boxed("free", &[0; 8]), boxed("mdat", &[0; 8])].concat());
    // Up to the end of the file; a length of 64 bits.
    files.push(b"\0\0\0\0mdat\x01\x02".to_vec());
    files.push(b"\0\0\0\x01mdat\0\0\0\0\0\0\0\x12\x01\x02".to_vec());
    for file in files {
        assert_eq!(told(&x, &file, json!({})).0, "video/quicktime", "{file:?}");
    }
    // Words of a text stand where boxes have their names.
    for words in ["get free pictures of cats", "the wide world of cats", "all skip it"] {
        assert!(refused(&x, words.as_bytes(), json!({})).contains("plain text"), "{words}");
    }
}

#[test]
fn every_other_kind_that_x_takes_is_known_from_memory() {
    let x = lenient();
    let jpeg = |marker: u8| vec![0xff, 0xd8, 0xff, marker, 0, 16, 0, 1];
    let webp = |kind: &str| [b"RIFF\x24\0\0\0WEBP", kind.as_bytes()].concat();
    let cases = [
        (PNG.to_vec(), "image/png", "tweet_image"),
        (jpeg(0xe0), "image/jpeg", "tweet_image"),
        (jpeg(0xe1), "image/jpeg", "tweet_image"),
        (jpeg(0xe2), "image/jpeg", "tweet_image"),
        (jpeg(0xee), "image/jpeg", "tweet_image"),
        (jpeg(0xdb), "image/jpeg", "tweet_image"),
        (jpeg(0xfe), "image/jpeg", "tweet_image"),
        (webp("VP8 "), "image/webp", "tweet_image"),
        (webp("VP8L"), "image/webp", "tweet_image"),
        (webp("VP8X"), "image/webp", "tweet_image"),
        (b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0".to_vec(), "image/bmp", "tweet_image"),
        (b"II*\0\x08\0\0\0\0\0".to_vec(), "image/tiff", "tweet_image"),
        (b"MM\0*\0\0\0\x08\0\0".to_vec(), "image/tiff", "tweet_image"),
        (b"GIF87a\x01\0\x01\0".to_vec(), "image/gif", "tweet_gif"),
        (b"GIF89a\x01\0\x01\0".to_vec(), "image/gif", "tweet_gif"),
        (matroska(b"\x84webm"), "video/webm", "tweet_video"),
        (matroska(b"\x01\0\0\0\0\0\0\x04webm"), "video/webm", "tweet_video"),
        (packets(188, 0, 5), "video/mp2t", "tweet_video"),
        (packets(188, 0, 1), "video/mp2t", "tweet_video"),
        (packets(192, 4, 5), "video/mp2t", "tweet_video"),
        (packets(204, 0, 5), "video/mp2t", "tweet_video"),
        (SRT.into(), "text/srt", "subtitles"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n".to_vec(), "text/vtt", "subtitles"),
    ];
    for (content, media_type, category) in cases {
        assert_eq!(told(&x, &content, json!({})), (media_type.to_owned(), category.to_owned()), "{content:?}");
        // Whatever the name is.
        assert_eq!(told(&x, &content, json!({"file": {"bytes": 0, "name": "a.heic"}})).0, media_type);
    }
    // Photoshop keeps the camera's name in the TIFF that it makes of a raw photo.
    let developed = tiff(&[MAKE, STRIPS, (262, 3, 1, 2)], &[]);
    assert_eq!(told(&x, &developed, json!({})).0, "image/tiff");
    let layered = tiff(&[MAKE, STRIPS, BELOW], &[(262, 3, 1, 2)]);
    assert_eq!(told(&x, &layered, json!({})).0, "image/tiff");
}

#[test]
fn subtitles_are_known_from_memory_and_by_path() {
    let x = lenient();
    let subtitles = |media_type: &str| (media_type.to_owned(), "subtitles".to_owned());
    let windows = SRT.replace('\n', "\r\n");
    let vtt = "WEBVTT - cats\r\n\r\n00:01.000 --> 00:02.000\r\nHi\r\n";
    for (content, media_type) in [
        (SRT.to_owned(), "text/srt"),
        (windows.clone(), "text/srt"),
        (format!("{MARK}{windows}"), "text/srt"),
        (format!("\r\n\r\n{SRT}"), "text/srt"),
        ("00:00:01,000 --> 00:00:02,000\nwithout a number\n".to_owned(), "text/srt"),
        ("WEBVTT".to_owned(), "text/vtt"),
        (vtt.to_owned(), "text/vtt"),
        (format!("{MARK}{vtt}"), "text/vtt"),
    ] {
        for request in [json!({}), json!({"type": "subtitles"}), json!({"file": {"bytes": 0, "name": "a.srt"}})] {
            assert_eq!(told(&x, content.as_bytes(), request.clone()), subtitles(media_type), "{content:?} {request}");
        }
        let file = TemporaryFile::named("subtitles.txt", content.as_bytes());
        assert_eq!(told(&x, b"", json!({"file": file.path()})), subtitles(media_type));
    }
    // What doesn't show its kind has it by `type`, or by its name.
    for content in ["Cats!".as_bytes(), b"\xcf\xf0\xe8\xe2\xe5\xf2", b"\xff\xfe1\0\n\0", b"[Script Info]\n"] {
        assert_eq!(told(&x, content, json!({"type": "subtitles"})), subtitles("text/srt"));
        for (name, media_type) in [("a.srt", "text/srt"), ("b.VTT", "text/vtt")] {
            assert_eq!(told(&x, content, json!({"file": {"bytes": 0, "name": name}})), subtitles(media_type));
            let file = TemporaryFile::named(name, content);
            assert_eq!(told(&x, b"", json!({"file": file.path()})), subtitles(media_type));
        }
    }
    for content in [PNG, b"<html><body>Not found</body></html>", br#"{"error":"not found"}"#, b"%PDF-1.7\n"] {
        refused(&x, content, json!({"type": "subtitles"}));
    }
}

#[test]
fn a_kind_that_x_does_not_take_is_refused_by_its_content() {
    let x = lenient();
    let zip = b"PK\x03\x04\x14\0\0\0\0\0".to_vec();
    let cases = [
        (ftyp("heic"), "HEIC"),
        (ftyp("heix"), "HEIC"),
        (ftyp("hevc"), "HEIC"),
        (ftyp("mif1"), "HEIF"),
        (ftyp("msf1"), "HEIF"),
        (ftyp("avif"), "AVIF"),
        (ftyp("avis"), "AVIF"),
        (ftyp("jp2 "), "JPEG 2000"),
        (ftyp("jxl "), "JPEG XL"),
        ([boxed("JXL ", b"\r\n\x87\n"), ftyp("jxl ")].concat(), "JPEG XL"),
        (ftyp("crx "), "raw photo (CR3)"),
        (ftyp("M4A "), "audio"),
        (ftyp("M4B "), "audio"),
        (ftyp("M4P "), "audio"),
        (ftyp("F4A "), "audio"),
        (b"ID3\x04\0\0\0\0\0\0".to_vec(), "MP3"),
        (b"\xff\xfb\x90\x44\0\0\0\0".to_vec(), "MP3"),
        (b"OggS\0\x02\0\0\0\0\0\0".to_vec(), "audio"),
        (b"fLaC\0\0\0\x22".to_vec(), "audio"),
        (b"RIFF\x24\0\0\0WAVEfmt ".to_vec(), "audio"),
        (b"RIFF\x24\0\0\0AVI LIST".to_vec(), "AVI"),
        (b"RIFFxxxxAVI LIST".to_vec(), "AVI"),
        (matroska(b"\x88matroska"), "Matroska"),
        (matroska(b""), "Matroska"),
        (b"FLV\x01\x05\0\0\0\x09".to_vec(), "video/x-flv"),
        (b"\0\0\x01\xba\x44\0\x04\0".to_vec(), "video/mpeg"),
        (b"<!DOCTYPE html>\n<html></html>".to_vec(), "HTML"),
        (b"\r\n  <!doctype HTML><title>404</title>".to_vec(), "HTML"),
        (b"<html\nlang=\"en\">".to_vec(), "HTML"),
        (format!("{MARK}<html><head>").into_bytes(), "HTML"),
        (b"<html><body>\xcd\xe5\xf2</body></html>".to_vec(), "HTML"),
        (br#"{"errors":[{"message":"Not found"}]}"#.to_vec(), "JSON"),
        (b"[\n {\"a\": 1}\n]".to_vec(), "JSON"),
        (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), "SVG"),
        (b"<?xml version=\"1.0\"?>\n<!-- a -->\n<svg/>".to_vec(), "SVG"),
        (b"<!-- Generator: a program -->\n<svg/>".to_vec(), "SVG"),
        (b"<!DOCTYPE svg PUBLIC \"a\" \"b\">\n<svg/>".to_vec(), "SVG"),
        (b"<!-- a --><html><svg/></html>".to_vec(), "HTML"),
        (b"<!DOCTYPE html><head><title>a</title></head><body><svg/></body>".to_vec(), "HTML"),
        (b"<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error>".to_vec(), "XML"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), "PDF"),
        (b"%PDF-1.4\n1 0 obj".to_vec(), "PDF"),
        (zip, "ZIP"),
        (b"Rar!\x1a\x07\0".to_vec(), "application/vnd.rar"),
        (b"8BPS\0\x01\0\0".to_vec(), "image/vnd.adobe.photoshop"),
        (b"\x7fELF\x02\x01\x01\0".repeat(8), "application/x-executable"),
        (b".RMF\0\0\0\x12\0\x01".to_vec(), "video/vnd.rn-realvideo"),
        (b"DKIF\0\0\x20\0VP80".to_vec(), "video/x-ivf"),
        (b"FORM\0\0\x10\0AIFCFVER".to_vec(), "audio/x-aiff"),
        (b"caff\0\x01\0\0desc".to_vec(), "audio/x-caf"),
        (b".snd\0\0\0\x18".to_vec(), "audio/basic"),
        (b"wvpk\0\0\0\0\x10\x04".to_vec(), "audio/x-wavpack"),
        (b"v/1\x01\x02\0\0\0channels".to_vec(), "image/x-exr"),
        (b"\xff\x4f\xff\x51\0\x2f".to_vec(), "image/j2c"),
        (b"icns\0\0\x01\0".to_vec(), "image/x-icns"),
        (b"gimp xcf v011\0".to_vec(), "image/x-xcf"),
        (b"DDS |\0\0\0".to_vec(), "image/vnd.ms-dds"),
        (b"caff and other words".to_vec(), "plain text"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n".to_vec(), "plain text"),
        ("Страница не найдена".into(), "plain text"),
        (b"\xff\xfe<\0h\0t\0m\0l\0>\0".to_vec(), "plain text"),
        (b"\xfe\xff\0<\0h\0t\0m\0l\0>".to_vec(), "plain text"),
        (b"\xff\xfe\x30\x53\0\0\x10\0".to_vec(), "plain text"),
        (b"GIF pictures, and BMP ones".to_vec(), "plain text"),
        (b"BMP pictures, and others".to_vec(), "plain text"),
        (b" \r\n".to_vec(), "plain text"),
        (b"II*\0\x10\0\0\0CR\x02\0\0\0\0\0".to_vec(), "raw photo (CR2)"),
        (b"IIRO\x08\0\0\0".to_vec(), "raw photo (ORF)"),
        (b"IIU\0\x18\0\0\0".to_vec(), "raw photo (RW2)"),
        (b"FUJIFILMCCD-RAW 0201".to_vec(), "raw photo (RAF)"),
        (tiff(&[(254, 4, 1, 1), (50706, 1, 4, 0x0104)], &[]), "raw photo (DNG)"),
        (tiff(&[(254, 4, 1, 1), MAKE, BELOW, STRIPS], &[]), "raw photo (NEF)"),
        (tiff(&[MAKE, STRIPS, BELOW], &[(262, 3, 1, 32803)]), "raw photo (NEF)"),
        (tiff(&[STRIPS, BELOW], &[(262, 3, 1, 32803)]), "raw photo"),
        (tiff(&[STRIPS, (262, 3, 1, 32803)], &[]), "raw photo"),
        (tiff(&[MAKE, BELOW], &[]), "raw photo (NEF)"),
    ];
    for (content, what) in cases {
        for request in [
            json!({}),
            json!({"file": {"bytes": 0, "name": "holiday.jpg"}}),
            json!({"file": {"bytes": 0, "name": "holiday.mp4"}}),
            json!({"type": "tweet_image"}),
            json!({"type": "tweet_video"}),
        ] {
            let message = refused(&x, &content, request.clone());
            assert!(message.contains(what), "{what}, {request}: {message}");
            assert!(message.starts_with("`file` (bytes[0]"), "{message}");
        }
        // With `media_type` X decides.
        assert_eq!(told(&x, &content, json!({"media_type": "video/mp4"})).0, "video/mp4", "{what}");
    }
    // Cameras' TIFF files are told by their name too.
    for name in ["a.dng", "a.NEF", "a.arw"] {
        let message = refused(&x, b"II*\0\x08\0\0\0\0\0", json!({"file": {"bytes": 0, "name": name}}));
        assert!(message.contains("raw photo") && message.contains(&name[2..].to_uppercase()), "{message}");
    }
    // A ZIP archive may be a 3D model.
    let request = json!({"file": {"bytes": 0, "name": "a.usdz"}, "media_type": "", "type": "tweet_image"});
    let envelope = upload(&x, b"PK\x03\x04\x0a\0\0\0\0\0", request);
    assert_ne!(envelope["error"]["kind"], "invalid_request", "{envelope:#}");
}

#[test]
fn a_message_says_which_file_it_is_about() {
    let x = X::start();
    let heic = TemporaryFile::named("cat.jpg", &ftyp("heic"));
    let empty = TemporaryFile::named("empty.png", b"");
    let png = media("picture.png");
    let named = |file: &Value| match file {
        Value::String(path) => path.clone(),
        file => file["name"].as_str().unwrap_or("bytes[1]").to_owned(),
    };
    for function in ["upload_attachments_array", "create_custom_tweet"] {
        for file in
            [json!(heic.path()), json!(empty.path()), json!({"bytes": 1}), json!({"bytes": 1, "name": "dog.jpg"})]
        {
            let request = json!({"files": [png, {"bytes": 0}, file, png]});
            let bytes: &[&[u8]] = &[PNG, &ftyp("avif")];
            let envelope = call_with(function, &x.oauth2(), request, Options { bytes, ..Options::default() });
            let error = &envelope["error"];
            assert_eq!(
                (&error["kind"], &error["field"]),
                (&json!("invalid_request"), &json!("files[2]")),
                "{envelope:#}"
            );
            assert_eq!(error.get("path"), file.is_string().then_some(&file), "{envelope:#}");
            let message = text(error, "/message");
            assert!(message.starts_with("`files[2]` (") && message.contains(&named(&file)), "{message}");
        }
        let error = support::fail(function, &x.oauth2(), json!({"files": [png, "/no/such.png"]}));
        assert_eq!(
            (&error["kind"], &error["field"], &error["path"]),
            (&json!("io"), &json!("files[1]"), &json!("/no/such.png"))
        );
        assert!(text(&error, "/message").starts_with("`files[1]` (/no/such.png) can't be read: "), "{error:#}");
    }
    // Base64 that was given as a path: no message of megabytes.
    let error = support::fail("upload_media_file", &x.oauth2(), json!({"file": "iVBORw0KGgo".repeat(100_000)}));
    assert!(error["kind"] == "io" && error.to_string().len() < 2000, "{}", error.to_string().len());
    assert!(x.simulator.requests().is_empty());
}

#[test]
fn type_and_name_decide_where_the_content_is_unknown() {
    let x = lenient();
    let unknown = filler(3000);
    for (category, media_type) in [
        ("tweet_gif", "image/gif"),
        ("dm_gif", "image/gif"),
        ("tweet_video", "video/mp4"),
        ("amplify_video", "video/mp4"),
        ("dm_video", "video/mp4"),
        ("tweet_image", "image/jpeg"),
        ("dm_image", "image/jpeg"),
        ("subtitles", "text/srt"),
    ] {
        for name in [json!({"bytes": 0}), json!({"bytes": 0, "name": "a.bin"})] {
            let told = told(&x, &unknown, json!({"type": category, "file": name}));
            assert_eq!(told, (media_type.to_owned(), category.to_owned()));
        }
    }
    // A name that fits it is told, one that doesn't is no obstacle.
    let by = |name: &str, category: &str| {
        told(&x, &unknown, json!({"file": {"bytes": 0, "name": name}, "type": category})).0
    };
    assert_eq!(by("a.mov", "tweet_video"), "video/quicktime");
    assert_eq!(by("a.png", "tweet_video"), "video/mp4");
    for (name, media_type) in [
        ("a.png", "image/png"),
        ("a.JPE", "image/jpeg"),
        ("a.pjpeg", "image/pjpeg"),
        ("a.mts", "video/mp2t"),
        ("a.m4v", "video/mp4"),
        ("a.webm", "video/webm"),
    ] {
        assert_eq!(told(&x, &unknown, json!({"file": {"bytes": 0, "name": name}})).0, media_type);
    }
    for name in ["", "a.bin", "mp4", "a."] {
        let message = refused(&x, &unknown, json!({"file": {"bytes": 0, "name": name}}));
        assert!(message.contains("`type`"), "{message}");
    }
}

#[test]
fn a_file_of_another_kind_than_its_type_is_refused_and_a_video_as_a_gif_is_not() {
    let x = X::start();
    let (png, gif, mp4) = (media("picture.png"), media("animation.gif"), media("video.mp4"));
    for (file, kind) in [
        (&png, "tweet_gif"),
        (&png, "tweet_video"),
        (&png, "subtitles"),
        (&gif, "tweet_video"),
        (&gif, "dm_video"),
        (&mp4, "tweet_image"),
        (&mp4, "dm_image"),
        (&mp4, "subtitles"),
    ] {
        let error = refuse("upload_media_file", &x.oauth2(), json!({"file": file, "type": kind}), "file");
        assert!(text(&error, "/message").contains(kind), "{error:#}");
        refuse("upload_attachments_array", &x.oauth2(), json!({"files": [file], "type": kind}), "files[0]");
    }
    assert!(x.simulator.requests().is_empty());
    // As `tweet_gif`, the word of the function; X says what it thinks of that.
    for (function, request) in [
        ("create_gif_tweet", json!({"files": mp4})),
        ("create_custom_tweet", json!({"files": mp4, "type": "animated_gif"})),
        ("upload_media_file", json!({"file": mp4, "type": "tweet_gif"})),
    ] {
        x.simulator.clear_requests();
        let error = support::fail(function, &x.oauth2(), request);
        assert_eq!((&error["kind"], &error["status"]), (&json!("api"), &json!(400)), "{error:#}");
        let sent: Value = serde_json::from_slice(&x.simulator.requests()[0].body).expect("JSON");
        assert_eq!((&sent["media_type"], &sent["media_category"]), (&json!("video/mp4"), &json!("tweet_gif")));
    }
    // A picture of GIF format without movement is one to X.
    succeed("upload_media_file", &x.oauth2(), json!({"file": gif, "type": "tweet_image"}));
}

/// Any byte may be wrong, and the file may end anywhere.
#[test]
fn changed_and_cut_contents_are_uploaded_or_refused_and_no_more() {
    let mut contents: Vec<Vec<u8>> = vec![
        PNG[..64].to_vec(),
        SRT.into(),
        ftyp("isom"),
        b"\0\0\0\x01mdat\0\0\0\0\0\0\0\x18".to_vec(),
        [boxed("free", &[0; 8]), b"\0\0\0\x01free\xff\xff\xff\xff\xff\xff\xff\xff".to_vec()].concat(),
        matroska(b"\x84webm"),
        matroska(b"\x01\xff\xff\xff\xff\xff\xff\xffwebm"),
        packets(188, 0, 2),
        tiff(&[MAKE, BELOW, STRIPS], &[BELOW]),
        // Directories and texts that lie nowhere, and lists without end.
        b"II*\0\xff\xff\xff\xff\0\0\0\0".to_vec(),
        tiff(&[(271, 2, u32::MAX, u32::MAX), (330, 4, u32::MAX, u32::MAX)], &[]),
        tiff(&[(330, 4, 9, 8)], &[]),
        b"\xef\xbb\xbf".to_vec(),
        b"{".to_vec(),
        b"glTF\x02\0\0\0".to_vec(),
    ];
    for content in contents.clone() {
        for at in 0..content.len().min(48) {
            let mut changed = content.clone();
            changed[at] = changed[at].wrapping_add(1 + at as u8);
            contents.push(changed);
        }
        contents.extend((1..content.len().min(96)).map(|end| content[..end].to_vec()));
    }
    for content in contents {
        let request = json!({"file": {"bytes": 0}});
        let options = Options { bytes: &[&content], ..Options::default() };
        let envelope = call_with("upload_media_file", &json!({}), request, options);
        let kind = text(&envelope, "/error/kind");
        assert!(matches!(kind, "invalid_request" | "missing_credentials"), "{content:?}: {envelope:#}");
    }
}
