//! The closed vocabularies of the codebook, under the names they are printed with.

use serde::{Deserialize, Serialize};

/// Declares an enum with its printed names, and how to get from one to the other.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value, in the codebook's order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The name it is printed with.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The value of that printed name.
            pub fn parse(name: &str) -> Option<$name> {
                match name { $($text => Some($name::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

vocabulary! {
    /// Through what a contact went.
    Channel {
        /// By telephone.
        Call = "call",
        /// By video link.
        Video = "video",
        /// In person, summits too.
        Meeting = "meeting",
        /// A trip to the other's territory where no particular meeting is named.
        Visit = "visit",
        /// Negotiation over several sittings or with many parties.
        Talks = "talks",
        /// Letter, note, non-paper, written reply, text.
        Message = "message",
        /// "Was in touch with".
        Unspecified = "unspecified",
    }
}

/// Channels that the same contact can be told with: a "conversation" by telephone or video, a "visit" that is a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChannelClass {
    /// Call, video.
    Remote,
    /// Meeting, visit, talks.
    InPerson,
    /// Message.
    Written,
    /// Unspecified: goes with any.
    Any,
}

impl Channel {
    /// The class of the channel.
    pub fn class(self) -> ChannelClass {
        match self {
            Channel::Call | Channel::Video => ChannelClass::Remote,
            Channel::Meeting | Channel::Visit | Channel::Talks => ChannelClass::InPerson,
            Channel::Message => ChannelClass::Written,
            Channel::Unspecified => ChannelClass::Any,
        }
    }

    /// Whether it can be at a place; those who telephone or write are at two.
    pub fn has_place(self) -> bool {
        matches!(self.class(), ChannelClass::InPerson | ChannelClass::Any)
    }
}

vocabulary! {
    /// What a party did in a contact.
    Role {
        /// Asked for it, placed it or sent it.
        Initiator = "initiator",
        /// Was asked, called or written to.
        Recipient = "recipient",
        /// Received the other on its territory.
        Host = "host",
        /// Travelled to the other.
        Visitor = "visitor",
        /// Brought the others together.
        Mediator = "mediator",
        /// Took part.
        Participant = "participant",
    }
}

vocabulary! {
    /// Where a contact stands at the end of what the documents tell.
    Status {
        /// Asked for; no answer yet, and nobody remarks on its absence.
        Requested = "requested",
        /// Asked for or tried, and reported as not answered, not returned, not connected.
        Unanswered = "unanswered",
        /// A time or a place was offered.
        Proposed = "proposed",
        /// Agreed, scheduled or expected with no doubt voiced.
        Planned = "planned",
        /// May happen.
        Possible = "possible",
        /// Took place or is taking place.
        Held = "held",
        /// One side refused.
        Declined = "declined",
        /// Offered or asked, never confirmed, and dropped.
        Lapsed = "lapsed",
        /// Put off.
        Postponed = "postponed",
        /// Agreed, then called off.
        Cancelled = "cancelled",
        /// Only media or third parties say that it happened, and a party denies it.
        Denied = "denied",
        /// One party says that it happened and another that it did not.
        Disputed = "disputed",
    }
}

vocabulary! {
    /// One dated event in the history of a contact.
    StepKind {
        /// One side asked for it.
        Requested = "requested",
        /// One side tried it (dialled, sent).
        Attempted = "attempted",
        /// The other side said that it had the request.
        Acknowledged = "acknowledged",
        /// It stayed without an answer.
        Unanswered = "unanswered",
        /// A time or place was offered.
        Proposed = "proposed",
        /// A proposal was accepted.
        Confirmed = "confirmed",
        /// A request or proposal was refused.
        Declined = "declined",
        /// A proposal was dropped without an answer.
        Lapsed = "lapsed",
        /// It was put on the calendar.
        Scheduled = "scheduled",
        /// It was put off.
        Postponed = "postponed",
        /// It was called off.
        Cancelled = "cancelled",
        /// It began.
        Started = "started",
        /// It took place.
        Held = "held",
        /// One side published its version.
        ReadOut = "read_out",
        /// A later contact on the same matter was arranged or made.
        FollowedUp = "followed_up",
    }
}

vocabulary! {
    /// Who answers for a claim.
    VoiceKind {
        /// The text in its own voice.
        Reporter = "reporter",
        /// A named official or office.
        Official = "official",
        /// An official whose government is known and whose name is not.
        AnonymousOfficial = "anonymous_official",
        /// Another outlet.
        Media = "media",
        /// An analyst, a professor, a former official.
        Expert = "expert",
        /// A reader's comment; only where the user asked for them.
        Reader = "reader",
    }
}

vocabulary! {
    /// How a voice stands to its claim.
    Stance {
        /// Says so.
        Asserted = "asserted",
        /// Says that it is not so.
        Denied = "denied",
        /// Says so with doubt.
        Hedged = "hedged",
    }
}

vocabulary! {
    /// What accounts of one contact disagree on.
    DisputeAbout {
        /// Whether it happened.
        Occurrence = "occurrence",
        /// Who asked for it.
        Initiator = "initiator",
        /// When it was.
        Date = "date",
        /// How often it was tried.
        Attempts = "attempts",
        /// Whether and how it was answered.
        Response = "response",
        /// Why it did not happen.
        Reason = "reason",
        /// How long it lasted.
        Duration = "duration",
        /// Where it was.
        Place = "place",
        /// What it was about.
        Topic = "topic",
        /// What was said in it.
        Content = "content",
        /// Who mediated, who deserves the credit.
        Role = "role",
        /// Whether a party was who they said.
        Authenticity = "authenticity",
    }
}

vocabulary! {
    /// How a dispute shows.
    DisputeKind {
        /// A voice rejects another's account, or the reporter says that they contradict.
        Explicit = "explicit",
        /// The values cannot both be right.
        Implied = "implied",
        /// Readouts that stress different things and do not contradict.
        Divergent = "divergent",
    }
}

vocabulary! {
    /// Where a date comes from.
    DateBasis {
        /// A full date in the text.
        Stated = "stated",
        /// Counted from the date of the article.
        Resolved = "resolved",
        /// From another account.
        Inherited = "inherited",
    }
}

vocabulary! {
    /// What a stretch of the page is.
    BlockKind {
        /// Running text.
        Paragraph = "paragraph",
        /// A block quotation.
        Quote = "quote",
        /// A list item or list.
        List = "list",
        /// A heading inside the body.
        Heading = "heading",
        /// A picture's or player's caption.
        Caption = "caption",
    }
}

vocabulary! {
    /// Whether a statement gives words or reports them.
    StatementKind {
        /// Words between quotation marks.
        Quote = "quote",
        /// Reported speech.
        Reported = "reported",
    }
}
