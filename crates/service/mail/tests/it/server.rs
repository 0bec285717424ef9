//! A mail server for one test: it speaks as much of RFC 5321 as a sender needs and keeps what it was given.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

pub(crate) struct Server {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// A server that answers the receiver's address with this.
    pub(crate) async fn answering(receiver: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let received = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&received);
        #[expect(clippy::disallowed_methods, reason = "the test's own server ends with the test")]
        tokio::task::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                serve(stream, receiver, &kept).await;
            }
        });
        Self { url, received }
    }

    /// The messages it took.
    pub(crate) fn received(&self) -> Vec<String> {
        self.received.lock().unwrap().clone()
    }
}

async fn serve(stream: TcpStream, receiver: &str, kept: &Mutex<Vec<String>>) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 test ESMTP\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            "RCPT" => receiver,
            "DATA" => {
                write.write_all(b"354 go on\r\n").await.unwrap();
                let mut message = String::new();
                while let Ok(Some(line)) = lines.next_line().await {
                    if line == "." {
                        break;
                    }
                    message.push_str(&line);
                    message.push('\n');
                }
                kept.lock().unwrap().push(message);
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "250 fine",
        };
        if write.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
            return;
        }
    }
}
