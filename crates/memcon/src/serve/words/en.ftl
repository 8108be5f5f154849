### The words of the pages, in the format of Project Fluent (https://projectfluent.org): a name, and what stands on the page.
### A translation is a copy of this file with the right-hand sides in another language; it may have as many plural forms as that
### language needs. Names in { $braces } are values that the program puts in.

language = en

## On every page

nav-timeline = Timeline
nav-disputes = Disputes
nav-statements = Statements
nav-people = People
nav-pairs = Pairs
nav-documents = Documents
nav-dossiers = Dossiers
nav-coverage = Coverage
nav-review = Review
nav-add = Add
signed-in-as = Signed in as { $name }
record-file = Record
this-machine-only = , on this machine only
same-for-programs = The same for programs:
undated = undated
unknown = unknown
not-told = not told
none-told = None.
to-the-content = To the content
pages = Pages
everything = Everything
search-everything = Search everything
search-all = Search all
who-did-what = who did what
for-programs = for programs

## Counts

contacts-counted = { $count ->
    [one] { $count } contact
   *[other] { $count } contacts
}
documents-counted = { $count ->
    [one] { $count } document
   *[other] { $count } documents
}
statements-counted = { $count ->
    [one] { $count } statement
   *[other] { $count } statements
}
accounts-counted = { $count ->
    [one] { $count } account
   *[other] { $count } accounts
}
days-counted = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
months-counted = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
years-counted = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
minutes-counted = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
answered-after = answered after { days-counted }
silence-of = silence of { days-counted }

## account.html

signed-in-in-role = Signed in as { $role }.
token-use = A program sends one as { $header } and may do what you may.
take-it-back = Take it back
served-to-itself = This record is served to its own machine, without names and passwords. { $command } changes that.
nobody-signs-in-here = Nobody signs in here
password = Password
at-least-fifteen-characters-a = At least fifteen characters; a sentence is easier to keep than a word. Every session ends.
the-password-so-far = The password so far
the-new-one = The new one
change-it = Change it
tokens-for-programs = Tokens for programs
the-new-token-shown-this = The new token, shown this once:
what-it-is-for = What it is for
make-a-token = Make a token
sessions = Sessions
end-every-session-but-this = End every session but this one
sign-out = Sign out

## added.html

were-recorded = recorded
in-the-record-already = in the record already
without-date-of-publication = ; without a date of publication, “Tuesday” stays unknown
new-documents = { $count ->
    [one] { $count } new document
   *[other] { $count } new documents
}
to-the-timeline = To the timeline

## contact.html

memorandum-of = Memorandum of contact { $id }
by-hand-accepted = accepted by hand
by-hand-edited = edited by hand
by-hand-kept = kept by hand
by-hand-rejected = rejected by hand
by-hand-joined = joined by hand
as-known-on = as known on { $day }
all-between = All between the two: { $timeline }, { $rhythm }
as-timeline = timeline
as-rhythm = rhythm
step-by = { $step } by { $side }
step-inferred = (inferred)
no-account-by = No account by { $government } is recorded.
side-alone = { $government } alone
sources-independent = { documents-counted }, { $independent } independent of the others.
stood-in = in { $outlet }
copy-of = copy of { $document }
the-accounts-disagree = the accounts disagree
the-life-of-this-contact = The life of this contact
what-is-recorded = What is recorded
step-by-step = Step by step
no-step-of-it-is = No step of it is told.
where-the-accounts-disagree = Where the accounts disagree
what-each-side-says = What each side says
what-only-one-side-mentions = What only one side mentions
reporters-and-third-parties = Reporters and third parties
sources = Sources
original-page = original page
what-is-not-known = What is not known
nothing-that-this-record-asks = Nothing that this record asks for.
why-the-accounts-are-one = Why the accounts are one contact

## correct.html

undo = Undo
look-at = look
your-name = Your name
why = Why
government = Government
person = Person
office = Office
role = Role
corrections-title = Corrections
when-utc = When (UTC)
who = Who
what = What
column-contact = Contact
take-back = Take back
taken-back = (taken back)
put-it-right = Put it right
what-the-program-found-is = What the program found is kept; every change is logged with who, when and why, and can be taken back.
accept-as-it-stands = Accept as it stands
reject-this-is-no-contact = Reject: this is no contact
edit-its-values = Edit its values
asked-for-by = Asked for by
parties = Parties
emptying-the-government-takes-a = Emptying the government takes a party out; the last row adds one.
save-the-changes = Save the changes
add-a-step = Add a step
step = Step
by = By
add-the-step = Add the step
merge-it-with-another-contact = Merge it with another contact
of-the-same-sides-around = Of the same sides, around the same time
another-by-its-id = Another, by its id
merge-they-are-the-same = Merge: they are the same
split-off-accounts-that-are = Split off accounts that are about another contact
these-accounts-go = These accounts go
split-them-off = Split them off
history = History
nobody-has-changed-or-accepted = Nobody has changed or accepted it yet.

## corrections.html

corrections-counted = { $count ->
    [one] { $count } entry.
   *[other] { $count } entries, the latest first.
} The log only grows: taking a correction back is an entry too.
nothing-corrected = Nobody has corrected anything yet. { $review }.
see-review = See what the program is least sure of
earlier-ones = earlier ones

## coverage.html

not-looked = “None found” is not “not looked”.
coverage-of-all = Of { $count ->
    [one] { $count } dated document
   *[other] { $count } dated documents
}, { $telling ->
    [one] { $telling } tells
   *[other] { $telling } tell
} of a contact.
coverage-of-parties = Of { $count ->
    [one] { $count } dated document
   *[other] { $count } dated documents
}, { $naming ->
    [one] { $naming } names
   *[other] { $naming } name
} { $names }, and { $telling ->
    [one] { $telling } tells
   *[other] { $telling } tell
} of a contact.
coverage-undated = { $count ->
    [one] { $count } more has no date.
   *[other] { $count } more have no date.
}
join-and = {" and "}
table-of = Table: { $title }
by-month = By month
by-outlet = By outlet
what-was-read = What was read
what-for = What for
between = Between
and = and
from = From
to = to
show = Show
documents-a-month = Documents a month
plot-of-documents-a-month = Plot of documents a month
tell-of-a-contact = tell of a contact
name-them-all = name them all
read-besides = read besides
read = read
naming-all = naming all
telling-of-a-contact = telling of a contact

## document.html

written-by-hand = Written by hand
document = Document
written-by = by { $names }
no-date-of-publication = no date of publication
revision-number = revision { $number }
copy-of-some = copy of { $document }
copy-of-exact = exact copy of { $document }
copy-of-near = near copy of { $document }
copy-of-excerpt = excerpt of { $document }
marks-explained = { $evidence } carry an account; { $said } are what somebody said; { $mention } are people and governments.
mark-evidence = Solid lines
mark-said = dotted ones
mark-mention = faint ones
why-account = Why this account
somebody-unnamed = somebody unnamed
anonymous = anonymous
an-earlier-revision = an earlier revision
as-it-came = as it came
the-text-as-it-was = The text as it was read
no-article-was-found-in = No article was found in this document.
what-was-found-in-it = What was found in it
contacts = Contacts
it-tells-of-no-contact = It tells of no contact between governments.
accounts-and-why-each-was = Accounts, and why each was made
readers-comments = Readers’ comments
kept-apart-from-the-article = Kept apart from the article, and evidence for nothing.
looks-like-spam = looks like spam

## documents.html

documents-in-all = { documents-counted }.
documents-with = { documents-counted } with “{ $words }” in path, title, outlet or origin.
which-documents = Which documents
path-title-outlet-or-origin = Path, title, outlet or origin has
published = Published
column-written-by = Written by
column-stood-in = Stood in
note = Note
more-documents = more documents

## dossier.html and shared.html

dossier-of = Dossier { $id }
shared-by-link = shared by a link
private = private
take-along = Take it with you:
one-html-file = one HTML file
markdown-memo = Markdown memo
data-package = data package
move-up = Up
move-down = Down
take-out = Take out
change-the-note = Change the note
write-a-note = Write a note
note-on = Note on { $name }
nothing-in-dossier = Nothing yet. Contacts and documents are put in from their own pages: look under { $timeline }, { $documents } or { $search }.
search-button = Search
what-is-in-it = What is in it
the-record-no-longer-has = The record no longer has it.
keep-the-note = Keep the note
add-the-note-at-the = Add the note at the end
who-can-read-it = Who can read it
whoever-has-this-link-can = Whoever has this link can read the dossier, its contacts with every account, and its notes, and nothing else of the record:
take-the-link-back = Take the link back
replace-it-by-another = Replace it by another
only-those-who-can-open = Only those who can open this record.
make-a-link-for-reading = Make a link for reading
name-and-end = Name and end
change-its-name-or-what = Change its name or what it is about
name = Name
what-it-is-about = What it is about
keep-the-change = Keep the change
delete-the-dossier = Delete the dossier
its-notes-are-lost-contacts = Its notes are lost; contacts and documents stay in the record.
delete-it = Delete it
dossier = Dossier
contents = Contents
there-is-nothing-in-it = There is nothing in it yet.

## dossiers.html

things-counted = { $count ->
    [one] { $count } thing
   *[other] { $count } things
}
made-by = made by { $name }
contacts-documents-and-notes-that = Contacts, documents and notes that belong together for you. A dossier follows the record: what is put right there is right here. Put things in from their own pages.
there-is-none-yet = There is none yet.
a-new-dossier = A new dossier
make-it = Make it

## job.html

job-over = Read
job-reading = Reading
done-of = { $done } of { $total }
goes-on = It goes on whether this page is open or not.
look-again = Look again
added-to-the-record = Added to the record
add-more = Add more
nothing-was-added = Nothing was added
back-to-the-form = Back to the form
how-far-it-is = How far it is

## keep.html

it-is-in = It is in
or-a-new-dossier = Or a new one, by its name
name-of-a-new-dossier = The name of a new dossier
put-it-into-a-dossier = Put it into a dossier
a-dossier-that-is-there = A dossier that is there
choose = choose
what-you-say-of-it = What you say of it
put-it-in = Put it in

## macros.html

source = source
heard-through = heard through { $name }
the-step = (the step “{ $step }”)
disputed-about = disputed { $about }
independent-counted = { $count } independent
about-topics = about { $topics }
said-to = to { $name }
denies-it = denies it
with-doubt = with doubt
which-contacts = Which contacts
filter-everything = everything
more-conditions = More conditions
topic = Topic
outlet-or-agency = Outlet or agency
words-of-the-evidence = Words of the evidence
filter-as-known-on = As known on
only-where-accounts-disagree = only where accounts disagree

## people.html

people-in-all = { $count } who take part in contacts or speak of them.
people-with = { $count } who take part in contacts or speak of them, with “{ $name }” in the name.
the-name-has = The name has
more-people = more people
nobody = Nobody.

## person.html

more-than = more than { contacts-counted }
as-a-timeline = as a timeline
with-whom = with whom, how often
took-part-as = Took part as
most-often-with = Most often with
all-contacts = all contacts
all-statements = all statements

## review.html

doubtful-counted = { $count ->
    [one] { $count } contact that nobody has looked at gives rise to doubt.
   *[other] { $count } contacts that nobody has looked at give rise to doubt, the most doubtful first.
}
looked-through = { $count } of those that fit were looked through; the next follow at the end.
review-keys = Keys: { $next } { $back } next and previous, { $accept } accept, { $reject } reject, { $open } open, { $undo } undo the last.
more-accounts = { $count ->
    [one] and { $count } more account
   *[other] and { $count } more accounts
}
what-the-program-is-least = What the program is least sure of
accept = Accept
reject = Reject
edit-merge-or-split = edit, merge or split
nothing-left-to-look-at = Nothing left to look at here.
look-through-later-contacts = look through later contacts

## search.html

contact-id = contact { $id }
found-in-evidence = In the evidence of contacts
found-in-statements = In what people said
found-in-articles = In articles
too-common = More than { $count } places have these words: those recorded last come first. One more word brings the best first.
life-of-number = The life of contact { $number }
made-with = Made with Memcon { $version }: what is said of each contact stands in the words of those who said it.
type-words-above-all-must = Type words above: all must occur. "Quotation marks" keep words together, OR stands between alternatives, NOT before what must be absent, and word* finds all that begins so. Call also finds called.
found-nowhere = Found nowhere.
more-of-each = more of each

## timeline.html

contacts-between-governments = Contacts between governments
timeline-of-all = { contacts-counted } in { $documents }, beside { $statements }
many-contacts = Many contacts
busiest-pairs = Busiest pairs:
latest-as-lives = The latest contacts, as lives
page-as-lives = The contacts of this page, as lives
as-lives = As lives
latest-as-list = The latest contacts, as a list
as-list = As a list
zoom-earlier = earlier
zoom-later = later
zoom-closer = closer
zoom-wider = wider
channel-not-told = channel not told
legend-held = held
legend-planned = planned or offered
legend-possible = possible
legend-unanswered = unanswered
legend-declined = declined, called off
legend-denied = denied, disputed
undated-not-drawn = { $count ->
    [one] { $count } without a date is only in the list.
   *[other] { $count } without a date are only in the list.
}
outside-not-drawn = { $count ->
    [one] { $count } far from all others is not drawn.
   *[other] { $count } far from all others are not drawn.
}
record-empty = The record holds no contact yet. { $add }, or run { $command } on a folder of them.
add-articles = Add articles
no-contact-fits = No contact fits. “None found” is not “none took place”: { $coverage }.
see-what-was-read = see what was read
over-time = Over time
each-bar-leads-to-its = Each bar leads to its own time.
plot-of-contacts-over-time = Plot of contacts over time
what-the-marks-mean = What the marks mean
silence-in-days = silence, in days
accounts-disagree = accounts disagree
from-the-beginning = from the beginning
next-contacts = next contacts

## trail.html

trail-counted = { $count ->
    [one] { $count } entry.
   *[other] { $count } entries, the latest first; times are UTC.
} What was changed in contacts stands among the { $corrections }.
corrections-link = corrections
users-by-command = Added, changed and removed with { $command }.
who-did-what-title = Who did what
trail = Trail
when = When
nothing-yet = Nothing yet.
who-may-sign-in = Who may sign in

## pairs.html and overview.html

same-with-months = The same for programs, with months and response times:
name-one-or-two-people = Name one or two people for who asks, how long answers take and what stays unanswered. A contact of more than two counts for each pair among them; two of one government are no pair.
in-touch-the-most = Those in touch the most
who-with-whom = Who is in touch with whom
of-governments = Governments
of-people = People
pairs-counted = { $count ->
    [one] { $count } pair of governments.
   *[other] { $count } pairs of governments.
} A contact of more than two counts for each pair among them.
pairs-of-people-counted = { $count ->
    [one] { $count } pair of people.
   *[other] { $count } pairs of people.
} A contact of more than two counts for each pair among them; two of one government are no pair.
class-happened = held
class-pending = asked, planned, possible
class-failed = unanswered, declined, put off
class-contested = denied, disputed
none-asked = Nobody is told to have asked.
of-them-disputed = Accounts disagree on { $count } of all.
asked-unanswered = Of { $count } asked for, { $share } stayed unanswered.
asked-by-nobody-told = not told
median-answer = { $count ->
    [one] One answer is dated
   *[other] { $count } answers are dated
}: the middle one came after { $days }.
answer-same-day = the same day
answer-days-2 = 1 or 2 days
answer-days-7 = 3 to 7 days
answer-days-30 = 8 to 30 days
answer-longer = longer
pair-in-one-line = The pair in one line
every-pair = Every pair
contacts-on-timeline = contacts on the timeline
busiest-of = The busiest { $count } of { $total }; the JSON and the CSV have all.
no-pair-fits = No pair fits.
held-unanswered-other = { $held } held, { $unanswered } unanswered, { $other } other
month-and-count = { $month }: { $count }
last-correction = Last: { $what }, contact { $contact }
name-one-or-two-governments = Name one or two governments for who asks, how long answers take and what stays unanswered. A contact of more than two counts for each pair among them.
the-busiest-pairs = The busiest pairs
table-of-pairs = Table of pairs
pair = Pair
column-held-unanswered-other = held, unanswered, other
column-held = held
column-unanswered = unanswered
column-disputed = disputed
the-record-holds-no-contact = The record holds no contact yet.
which-people = Which people
any-person = any person
contacts-a-month = Contacts a month
plot-of-contacts-a-month = Plot of contacts a month
contacts-a-month-as-a = Contacts a month, as a table
month = Month
none-of-them-has-a = None of them has a date.
who-asks = Who asks
with-what-end = With what end
how-long-answers-take = How long answers take
no-answer-is-dated = No answer is dated.
through-what = Through what
the-longest-silences = The longest silences
table-of-silences = Table of silences
asked-on = Asked on
days = Days
what-became-of-it = What became of it
a-month = a month
column-median-answer = median answer
column-who-asks = who asks

## add.html

add-to-the-record = Add to the record
texts-are-read-by-this = Texts are read by this program and sent nowhere.
paste-a-text = Paste a text
the-article-as-text-or = The article, as text or HTML
or-choose-files = Or choose files
pages-pdf-mail-feeds-tables = Pages, PDF, mail, feeds, tables and archives of articles, packed or not; they can be dropped here
or-a-whole-folder = Or a whole folder
or-give-addresses = Or give addresses
of-pages-one-a-line = Of pages, one a line; they are got politely, one after another, and their robots.txt is heeded
what-it-does-not-say = What it does not say itself
published-2013-02-16 = Published (2013-02-16)
outlet = Outlet
title = Title
address = Address
read-and-record = Read and record
a-contact-that-no-document = A contact that no document tells of
a-call-from-ones-own = A call from one’s own log: the note is its evidence.
channel = Channel
status = Status
when-edtf = When (EDTF)
where = Where
minutes = Minutes
about-between-several = About (; between several)
whose-record-this-is = Whose record this is
parties-two-at-least = Parties, two at least
what-there-is-to-say = What there is to say of it
add-the-contact = Add the contact

## disputes.html

where-accounts-disagree = Where accounts disagree
a-silence-is-no-dispute = A silence is no dispute; a different time zone is none either.
which-disputes = Which disputes
any-government = any government
any-other = any other
question = Question
any = any
kind = Kind
no-account-of-a-contact = No account of a contact contradicts another, as far as is recorded.
more-disputes = more disputes

## sign-in.html

sign-in = Sign in
nobody-has-to-this-record = Nobody has to: this record is served to its own machine.
whoever-keeps-this-record-gave = Whoever keeps this record gave you a name and a password.

## statements.html

who-said-what = Who said what
which-statements = Which statements
speakers-government = Speaker’s government
words = Words
later-statements = later statements
no-statement-fits = No statement fits.

## What is told of a contact

life-in-words = { $when }: { $channel } { $status }, { $between }
accounts-disagree-too = ; the accounts disagree
fact-status = status
fact-channel = channel
fact-step = step
fact-by = by
fact-when = when
fact-step-on = step on
fact-initiator = asked for by
fact-where = where
fact-length = length
fact-attempts = attempts
fact-response = response time
fact-reason = reason
fact-about = about
fact-outcome = outcome
fact-tone = tone
when-with-basis = { $when } ({ $basis })
basis-stated = a full date in the text
basis-resolved = counted from the date of the article
basis-inherited = from another account
about-occurrence = Did it happen?
about-initiator = Who asked for it?
about-date = When was it?
about-attempts = How often was it tried?
about-response = Was it answered, and how?
about-reason = Why did it not happen?
about-duration = How long did it last?
about-place = Where was it?
about-topic = What was it about?
about-content = What was said in it?
about-role = Who mediated, and whose doing was it?
about-authenticity = Was a party who they said they were?
dispute-explicit = one voice rejects the other’s account
dispute-implied = the accounts cannot both be right
dispute-divergent = the accounts stress different things

## Dates

month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
date-day = { $day } { $month } { $year }
date-day-alone = { $day } { $month }
date-month = { $month } { $year }
date-month-alone = { $month }
date-time = { $date }, { $time }
date-days = { $day }–{ $to }
date-range = { $from } – { $to }
date-by = by { $date }
date-from = from { $date }
date-about = about { $date }
date-perhaps = perhaps { $date }
date-perhaps-about = perhaps about { $date }

## Pictures

contacts-as-lives = Contacts as lives on the lanes of their sides
contacts-over-time = Contacts over time
other-sides = others
folded-away = { $stretch } in which nothing lies are folded away

## Reasons for doubt

doubt-held-on = it was held on { $count } different dates: one contact, or several?
doubt-opposed = some accounts have it held, others unanswered or declined
doubt-no-date = it has no date
doubt-inherited = nobody says when it was: its date is only bounded by the day of an article
doubt-hedged = every account of it is told with doubt
doubt-long = its steps lie { $count } days apart
doubt-implied = its dispute was found by comparing values: nobody speaks of it
doubt-nameless = nobody who took part is named
doubt-no-channel = through what channel is not told
doubt-many = { $count } governments took part
doubt-one-account = it rests on one account alone

## Fields of the form that edits a contact

field-when = When (EDTF)
field-where = Where
field-duration_minutes = Minutes
field-attempts = Attempts
field-topics = About (; between several)
field-reason = Reason (; between several)
field-outcome = Outcome
field-tone = Tone

## Work that takes long

stage-beginning = beginning
stage-getting = getting pages
stage-opening = opening files
stage-reading = reading
stage-joining = joining contacts

## Signing in

sessions-ended = Every other session is ended.
sign-in-wrong = Name and password do not belong together.

## Errors

error-400 = This request makes no sense
error-401 = Sign in first
error-403 = Refused
error-404 = There is no such page
error-405 = Not in this way
error-408 = Too slow
error-413 = Too much at once
error-421 = Not known under this name
error-429 = Too often
error-500 = Something went wrong

## Values of the record’s vocabularies (docs/codebook.md)

code-call = call
code-video = video
code-meeting = meeting
code-visit = visit
code-talks = talks
code-message = message
code-unspecified = unspecified
code-initiator = initiator
code-recipient = recipient
code-host = host
code-visitor = visitor
code-mediator = mediator
code-participant = participant
code-requested = requested
code-unanswered = unanswered
code-proposed = proposed
code-planned = planned
code-possible = possible
code-held = held
code-declined = declined
code-lapsed = lapsed
code-postponed = postponed
code-cancelled = cancelled
code-denied = denied
code-disputed = disputed
code-attempted = attempted
code-acknowledged = acknowledged
code-confirmed = confirmed
code-scheduled = scheduled
code-started = started
code-read_out = read out
code-followed_up = followed up
code-reporter = reporter
code-official = official
code-anonymous_official = anonymous official
code-media = media
code-expert = expert
code-reader = reader
code-asserted = asserted
code-hedged = hedged
code-occurrence = occurrence
code-date = date
code-attempts = attempts
code-response = response
code-reason = reason
code-duration = duration
code-place = place
code-topic = topic
code-content = content
code-role = role
code-authenticity = authenticity
code-explicit = explicit
code-implied = implied
code-divergent = divergent
code-quote = quote
code-reported = reported
code-party = party
code-editor = editor
code-admin = admin
