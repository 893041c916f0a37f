package store

import (
	"context"
	"database/sql"
	"strings"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// PersonFile is everything that the store holds of one person, table by table, as it
// lies there: what is sealed is for the caller to open.
type PersonFile struct {
	Keys   [][]byte // wrapped keys of theirs, of which one opens each thing that is sealed
	Tables []PersonTable
}

// PersonTable is what one table holds of a person.
type PersonTable struct {
	Name    string // of the table
	Title   string // what it is, for people
	Columns []string
	Seals   map[int][]string // columns that are sealed: for which of these purposes
	Rows    [][]any          // string, int64, float64, time.Time, nil; []byte where sealed
}

// filed says what is told of one table in the file of a person. Its text has $1 for
// their key, $2 for the organisation and $3 for their id.
type filed struct {
	table, title, from string
	columns            []column
	left               string // columns that are not told: keys of rows and keyed hashes, which mean nothing outside
}

// column is one of a table, by its name there, with another expression where that says
// more than a key.
type column struct {
	name, expr string
	as         func(any) any
	seals      []string
}

func plain(names string) (out []column) {
	for n := range strings.FieldsSeq(names) {
		out = append(out, column{name: n})
	}
	return out
}

// at are times.
func at(names string) (out []column) {
	for n := range strings.FieldsSeq(names) {
		out = append(out, column{name: n, as: moment})
	}
	return out
}

// yes are bits.
func yes(names string) (out []column) {
	for n := range strings.FieldsSeq(names) {
		out = append(out, column{name: n, as: func(v any) any { return v != int64(0) }})
	}
	return out
}

func moment(v any) any {
	if n, ok := v.(int64); ok && n != 0 {
		return ground.Moment(n)
	}
	return nil
}

// word is a number that is stored for a word.
func word[S ~string](name string, of code.Words[S]) []column {
	return []column{{name: name, as: func(v any) any {
		n, _ := v.(int64)
		return string(of.Word(n))
	}}}
}

func instead(name, expr string) []column { return []column{{name: name, expr: expr}} }

func sealedFor(name string, purposes ...string) []column {
	return []column{{name: name, seals: purposes}}
}

// thatUpdate tells an update by its id.
func thatUpdate() []column {
	return instead("update_id", "(SELECT o.uuid FROM updates o WHERE o.id = x.update_id)")
}

func these(lists ...[]column) (out []column) {
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

// ofUpdates finds rows of theirs by the updates there are: none is indexed by its reader.
func ofUpdates(table string) string {
	return "updates u JOIN " + table + " x ON x.update_id = u.id AND x.recipient_id = $1 WHERE u.org = $2 AND $3 <> '' ORDER BY u.id"
}

// ofPerson finds rows by the person.
func ofPerson(table, order string) string {
	return table + " x WHERE x.person_id = $1 AND $2 > 0 AND $3 <> '' ORDER BY " + order
}

// inFile are the tables that the file of a person tells of. A table that is neither here
// nor in [leftOut] fails a test, until somebody decides.
var inFile = []filed{
	{"persons", "who they are here", "persons x WHERE x.id = $1 AND $2 > 0 AND $3 <> ''",
		these(instead("id", "(SELECT r.uuid FROM recipients r WHERE r.id = x.id)"), at("erased_at retired_at")), "org external"},
	{"person_records", "their record: name, addresses, contacts, wishes, as it was kept from when to when", ofPerson("person_records", "x.id"),
		these(at("recorded_from recorded_to"), sealedFor("sealed", "record")), "person_id id wrapped_key"},
	{"page_links", "which links to their own page are good", ofPerson("page_links", "x.person_id"), these(plain("no"), at("since")), "person_id"},
	{"addresses", "which addresses messages go to, by their number in the record", ofPerson("addresses", "x.id"),
		these(at("recorded_from recorded_to"), plain("no"), word("channel", code.Channel)), "person_id id hash"},
	{"trip_records", "their trips", "trip_records x WHERE x.person_id = $1 AND $2 > 0 AND $3 <> '' ORDER BY x.id",
		these(instead("trip_id", "(SELECT o.uuid FROM trips o WHERE o.id = x.trip_id)"), at("recorded_from recorded_to"), yes("cancelled"), sealedFor("sealed", "trip")), "person_id id external"},
	{"presences", "where they were, are or will be", ofPerson("presences", "x.id"),
		these(at("recorded_from recorded_to from_us to_us was_to"), instead("site_id", "(SELECT o.name FROM site_records o WHERE o.site_id = x.site_id ORDER BY o.id DESC LIMIT 1)"),
			instead("trip_id", "(SELECT o.uuid FROM trips o WHERE o.id = x.trip_id)"), word("because", code.Because), plain("spread area point_ref ended")), "person_id id"},
	{"watches", "what they asked to be told about besides", ofPerson("watches", "x.id"), these(plain("uuid"), at("recorded_from recorded_to"), plain("body")), "person_id id org watch"},
	{"dead_addresses", "addresses that nothing is sent to", "dead_addresses x WHERE x.person_id = $1 AND x.org = $2 AND $3 <> '' ORDER BY x.since",
		these(at("since lifted_at"), plain("address_no reason lifted_by"), yes("warn_only")), "org hash person_id"},
	{"reach", "what came of messages to each address", ofPerson("reach", "x.address_id"),
		these(instead("address_id", "(SELECT o.no FROM addresses o WHERE o.person_id = x.person_id AND o.id = x.address_id)"), at("heard_at"), plain("heard_after"),
			instead("heard_update", "(SELECT o.uuid FROM updates o WHERE o.id = x.heard_update)"), at("verified_at failed_at"), word("heard_state", code.Delivery), plain("failed_why")), "person_id"},
	{"notices", "what they were told", ofUpdates("notices"),
		these(thatUpdate(), at("made_at"), plain("round"), word("relation", code.Relation), word("cause", code.Cause), plain("word"),
			instead("variant_no", "(SELECT o.body FROM variants o WHERE o.update_id = x.update_id AND o.no = x.variant_no)")), "recipient_id fanout_id"},
	{"deliveries", "how it was sent, and how far it came", ofUpdates("deliveries"),
		these(thatUpdate(), plain("round address_no"), word("channel", code.Channel), word("state", code.Delivery), at("due_at meant_at accepted_at arrived_at heard_at"), plain("attempts doubts detail"), yes("held")),
		"recipient_id org lane leased_by"},
	{"rings", "what calls say to them", ofUpdates("rings"), these(thatUpdate(), plain("round address_no"), at("at"), plain("missed"), sealedFor("sealed", "what a call says")), "recipient_id org"},
	{"replies", "what they answered", ofUpdates("replies"),
		these(thatUpdate(), plain("uuid"), at("at tapped_at"), plain("round"), word("kind", code.Reply), word("trust", code.Belief), sealedFor("sealed", "reply")), "org seq recipient_id"},
	{"omissions", "what they were not told, and why", ofUpdates("omissions"),
		these(thatUpdate(), at("at"), instead("reason_no", "(SELECT o.reason FROM omission_reasons o WHERE o.update_id = x.update_id AND o.no = x.reason_no)"), plain("fanout_no"), word("news", code.News)), "recipient_id"},
	{"escalations", "what was done while they did not answer", ofUpdates("escalations"),
		these(thatUpdate(), instead("policy_id", "(SELECT o.words FROM policies o WHERE o.id = x.policy_id)"), at("since due_at"), plain("round done"), yes("asked"), word("state", code.Escalation), plain("detail")), "recipient_id org"},
	{"letters", "what was written to them besides", "letters x WHERE x.recipient_id = $1 AND x.org = $2 AND $3 <> '' ORDER BY x.id",
		these(plain("uuid"), instead("case_id", "(SELECT o.uuid FROM cases o WHERE o.id = x.case_id)"), instead("task_id", "(SELECT o.uuid FROM tasks o WHERE o.id = x.task_id)"), at("made_at due_at accepted_at heard_at"),
			word("kind", code.Letter), plain("entry_no address_no"), word("channel", code.Channel), word("state", code.Delivery), plain("attempts doubts detail")), "id org recipient_id callout_id approval_id leased_by lane"},
	{"superiors", "whom their trips were told to", ofPerson("superiors", "x.id"), sealedFor("sealed", "superior"), "id org person_id hash"},
	{"clashes", "which of their trips a manager was told of", "updates u JOIN superiors s ON s.person_id = $1 JOIN clashes x ON x.update_id = u.id AND x.recipient_id = s.id WHERE u.org = $2 AND $3 <> '' ORDER BY u.id",
		these(thatUpdate(), plain("round"), yes("gone"), sealedFor("sealed", "clashes")), "recipient_id"},
	{"cases", "their calls for help", ofPerson("cases", "x.id"),
		these(plain("uuid"), thatUpdate(), word("state", code.Case), plain("owner"), at("opened_at called_at due_at closed_at"), yes("duress hidden")), "id org person_id"},
	{"case_entries", "what was noted of these calls", "cases c JOIN case_entries x ON x.case_id = c.id WHERE c.person_id = $1 AND $2 > 0 AND $3 <> '' ORDER BY x.case_id, x.no",
		these(instead("case_id", "c.uuid"), plain("no"), at("at tapped_at"), word("kind", code.CaseEntry), plain("by_whom"), word("trust", code.Belief), word("way", code.Way), sealedFor("sealed", "case", "reply")), ""},
	{"compromises", "when somebody else may have had what they are reached by", ofPerson("compromises", "x.id"),
		these(at("from_us to_us recorded_from recorded_to"), plain("by_whom ended_by"), sealedFor("sealed", "compromise"), sealedFor("sealed_end", "compromise")), "id org person_id"},
	{"roll_members", "roll-calls they are in", "roll_members x JOIN rollcalls c ON c.id = x.rollcall_id WHERE x.person_id = $1 AND $2 > 0 AND $3 <> '' ORDER BY c.id",
		these(instead("rollcall_id", "c.title"), at("added_at"), word("relation", code.Relation)), "person_id"},
	{"roll_sheets", "who was to call them", ofPerson("roll_sheets", "x.rollcall_id, x.seq"), these(thatRollcall(), plain("caller")), "person_id seq"},
	{"roll_accounts", "what others said of how they are", ofPerson("roll_accounts", "x.rollcall_id, x.seq"),
		these(thatRollcall(), at("at"), word("kind", code.Account), word("verified", code.Verified), word("role", code.Role), plain("said_by"), sealedFor("sealed", "account")), "person_id seq"},
	{"roll_tries", "when they were called in a roll-call", ofPerson("roll_tries", "x.rollcall_id, x.seq"),
		these(thatRollcall(), at("at"), word("line", code.Line), plain("nth"), word("outcome", code.Try), plain("tried_by"), sealedFor("sealed", "try")), "person_id seq"},
	{"tasks", "tasks that name them by their id", "tasks x WHERE x.org = $2 AND $1 > 0 AND x.question LIKE '%' || $3 || '%' ORDER BY x.id",
		these(plain("uuid"), word("kind", code.TaskKind), word("state", code.Task), thatUpdate(), at("created_at due_at done_at"), plain("area question default_outcome owner done_by outcome reason")), "id org"},
	{"log", "what was changed about them, when and by whom", "log x WHERE x.org = $2 AND x.ref = $3 AND $1 > 0 ORDER BY x.seq",
		these(at("at"), word("kind", code.Log), plain("verb"), word("via", code.Via), plain("actor")), "org seq ref actor_id chain"},
}

func thatRollcall() []column {
	return instead("rollcall_id", "(SELECT o.title FROM rollcalls o WHERE o.id = x.rollcall_id)")
}

// Why a table is not in the file of a person.
const (
	ofTheHouse  = "it is the organisation's, and of nobody in particular"
	saidThere   = "what it says of them stands in another part of this file"
	onlyHashes  = "keyed hashes alone, of what stands in their record"
	ofWhoSigns  = "it is of who may sign in, which is tied to no person's record; each sees their own under Your account"
	ofThePlace  = "it keeps the place running, and says nothing of people"
	ofOneMoment = "it is forgotten within days, and says no more than that they were changed"
)

// leftOut are the tables that the file of a person does not tell of, and why.
var leftOut = map[string]string{
	"installation": ofThePlace, "installation_keys": ofThePlace, "migrations": ofThePlace, "workers": ofThePlace, "counters": ofThePlace, "organisations": ofTheHouse, "seals": ofThePlace, "lookouts": ofThePlace,
	"recipients": saidThere, "trips": saidThere, "variants": saidThere, "omission_reasons": saidThere, "policies": saidThere, "numbers": onlyHashes, "compromised_addresses": onlyHashes,
	"heard": "keyed hashes of what gateways told us, so that each thing is heard once", "changed": ofOneMoment,
	"sites": ofTheHouse, "site_records": ofTheHouse, "hooks": ofTheHouse, "receivers": ofTheHouse, "reports": ofTheHouse, "report_uses": ofTheHouse, "signals": "what warning services sent to the organisation, as it came; it is of nobody in particular", "signal_refers": "which of those takes the place of which", "sitreps": "a report of a situation is kept as it was signed; it names nobody but where whoever wrote it did", "report_files": "what others wrote, byte for byte, as it is kept of a report; it is of nobody in particular", "situations": ofTheHouse, "updates": ofTheHouse, "all_clears": ofTheHouse, "marks": ofTheHouse,
	"retractions": ofTheHouse, "fanouts": ofTheHouse, "habits": ofTheHouse, "declarations": ofTheHouse, "settings": ofTheHouse, "flash_templates": ofTheHouse, "decisions": "what the desk decided, in its own words; it is asked to name nobody there", "postures": ofTheHouse,
	"rollcalls": saidThere, "roll_rounds": ofTheHouse, "roll_callers": ofTheHouse, "roll_questions": ofTheHouse,
	"handovers":       "a hand-over is kept as it was signed, of all that went on; one of them may name them where a call of theirs was open then",
	"handovers_taken": ofTheHouse, "duties": "a turn on the rota is tied to no person's record", "callouts": "how the rota was asked about a call of theirs, and no word of them",
	"users": ofWhoSigns, "passkeys": ofWhoSigns, "user_codes": ofWhoSigns, "tokens": "they are of machines", "handouts": ofTheHouse, "invitations": ofTheHouse, "subscriptions": ofTheHouse, "copies": ofTheHouse, "shelves": ofTheHouse, "cards": ofTheHouse, "words": ofTheHouse, "approvals": ofTheHouse, "user_reach": ofWhoSigns, "sessions": ofWhoSigns, "challenges": ofWhoSigns,
}

// LeftOut gives the tables that the file of a person does not tell of, and why.
func LeftOut() map[string]string {
	out := make(map[string]string, len(leftOut))
	for table, why := range leftOut {
		out[table] = why
	}
	return out
}

// PersonFile gives everything that is held of somebody, as of one moment. Whoever is
// erased has one, too: of what stays.
func (o *Org) PersonFile(ctx context.Context, id vedette.ID) (f PersonFile, err error) {
	err = o.s.read(ctx, "reading all that is held of a person", func(t *tx) error {
		f = PersonFile{}
		var key int64
		found, err := t.Found([]any{&key}, `SELECT p.id FROM persons p JOIN recipients r ON r.id = p.id WHERE p.org = $1 AND r.uuid = $2`, o.org, string(id))
		if err != nil {
			return err
		}
		if !found {
			return vedette.Errorf(vedette.CodeNotFound, "there is no such person")
		}
		if err := t.Each(func(r *sql.Rows) error {
			var b []byte
			err := r.Scan(&b)
			f.Keys = append(f.Keys, b)
			return err
		}, `SELECT DISTINCT wrapped_key FROM person_records WHERE person_id = $1`, key); err != nil {
			return err
		}
		for i := range inFile {
			table, err := t.filed(&inFile[i], key, o.org, id)
			if err != nil {
				return err
			}
			f.Tables = append(f.Tables, table)
		}
		return nil
	})
	return f, err
}

// filed reads what one table holds of somebody.
func (t *tx) filed(in *filed, person, org int64, id vedette.ID) (PersonTable, error) {
	out := PersonTable{Name: in.table, Title: in.title, Seals: map[int][]string{}}
	var exprs []string
	for i, c := range in.columns {
		out.Columns = append(out.Columns, c.name)
		if c.seals != nil {
			out.Seals[i] = c.seals
		}
		if c.expr == "" {
			c.expr = "x." + c.name
		}
		exprs = append(exprs, c.expr)
	}
	// The parameters have their type said once, for an engine that asks.
	from := strings.NewReplacer("$1", "CAST($1 AS {key})", "$2", "CAST($2 AS {key})", "$3", "CAST($3 AS text)").Replace(in.from)
	err := t.Each(func(r *sql.Rows) error {
		row, into := make([]any, len(exprs)), make([]any, len(exprs))
		for i := range row {
			into[i] = &row[i]
		}
		if err := r.Scan(into...); err != nil {
			return err
		}
		for i, c := range in.columns {
			if c.as != nil {
				row[i] = c.as(row[i])
			}
			if b, ok := row[i].([]byte); ok && c.seals == nil {
				row[i] = string(b)
			}
		}
		out.Rows = append(out.Rows, row)
		return nil
	}, `SELECT `+strings.Join(exprs, ", ")+` FROM `+from, person, org, string(id))
	return out, err
}
