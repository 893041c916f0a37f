package vedette

import (
	"encoding/json"
	"time"
)

// Reading is what was understood of a report. Every line of the text is
// accounted for: in the reading, set aside with a reason, or a finding.
type Reading struct {
	Content
	SetAside   []SetAside   `json:"set_aside"`
	Findings   []Finding    `json:"findings"`
	Accounting []Accounting `json:"accounting"`
}

// Content is what a report or an update says: the page without its
// bookkeeping. Slices are never nil when made by parse, so that JSON has [].
type Content struct {
	Title           string         `json:"title"`
	Kind            ReportKind     `json:"kind"`
	Headline        string         `json:"headline"`
	CallToAction    string         `json:"call_to_action"`
	IssuedAt        *time.Time     `json:"issued_at"`
	UpdateNumber    *int           `json:"update_number"`
	Urgency         Urgency        `json:"urgency"`
	Risk            Risk           `json:"risk"`
	RiskText        string         `json:"risk_text"`
	CountryRisk     Risk           `json:"country_risk"`
	SourceStrength  SourceStrength `json:"source_strength"`
	Affected        []Place        `json:"affected"`
	Categories      []string       `json:"categories"`
	Status          []string       `json:"status"`
	Calendar        []string       `json:"calendar"`
	Summary         []Statement    `json:"summary"`
	Topics          []Topic        `json:"topics"`
	Assessments     []Judgement    `json:"assessments"`
	Recommendations []AdviceGroup  `json:"recommendations"`
}

// ReportKind is the type a title names.
type ReportKind string

// The kinds of report.
const (
	KindAlert           ReportKind = "alert"
	KindTactical        ReportKind = "tactical"
	KindSituationUpdate ReportKind = "situation_update"
	KindAnalysis        ReportKind = "analysis"
	KindDailySummary    ReportKind = "daily_summary"
	KindRegionalSummary ReportKind = "regional_summary"
	KindSpecialReport   ReportKind = "special_report"
	KindUnknown         ReportKind = "unknown"
)

// ReportKinds are the kinds of report, the shortest-lived first.
var ReportKinds = []ReportKind{KindAlert, KindTactical, KindSituationUpdate, KindAnalysis, KindDailySummary, KindRegionalSummary, KindSpecialReport, KindUnknown}

// Lines is a range of lines, from 1, both ends included.
type Lines [2]int

// Statement is one item of a report: its text without bullet, number or
// FORECAST: marker, and what was found in it.
type Statement struct {
	Text        string       `json:"text"`
	Lines       Lines        `json:"lines"`
	Report      ID           `json:"report,omitempty"` // in an update: the report the lines are of; "" for the desk's own words
	Also        []Cite       `json:"also,omitempty"`   // in an update: where other reports say the very same
	Edited      bool         `json:"edited,omitempty"` // in an update: the desk changed the report's words
	Places      []Place      `json:"places"`
	When        []When       `json:"when"`
	Likelihoods []Likelihood `json:"likelihoods"`
}

// Cite is where a report says something.
type Cite struct {
	Report ID    `json:"report"`
	Lines  Lines `json:"lines"`
}

// Topic is a run of claims under one sub-heading; the title is "" before the
// first.
type Topic struct {
	Title  string  `json:"title"`
	Claims []Claim `json:"claims"`
}

// Claim is something someone says happened or is scheduled.
type Claim struct {
	Statement
	Sources []Source `json:"sources"`
	Stances []Stance `json:"stances"` // in order of appearance, each once
}

// Source is who says it. A stance is always shown with its speaker.
type Source struct {
	Text      string `json:"text"`
	Anonymous bool   `json:"anonymous"`
	Stance    Stance `json:"stance"`
}

// Stance is how a source puts a claim.
type Stance string

// The stances. Asserted only when the item names nobody at all.
const (
	StanceStated    Stance = "stated"
	StanceConfirmed Stance = "confirmed"
	StanceDenied    Stance = "denied"
	StanceClaimed   Stance = "claimed"
	StanceReported  Stance = "reported"
	StanceAlleged   Stance = "alleged"
	StanceAsserted  Stance = "asserted"
)

// Judgement is something the analyst concludes; a forecast is one that can
// be settled.
type Judgement struct {
	Statement
	Forecast   bool       `json:"forecast"`
	Confidence Confidence `json:"confidence"` // null unless the text says it
}

// Confidence is low, moderate or high; "" when not given (JSON null).
type Confidence string

// MarshalJSON writes null for no confidence.
func (c Confidence) MarshalJSON() ([]byte, error) {
	if c == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(c))
}

// SetAside is a run of lines kept out of the reading, and why.
type SetAside struct {
	Lines  Lines  `json:"lines"`
	Reason string `json:"reason"` // contact, promotion, byline, page_furniture, duplicate
}

// The reasons to set lines aside; contact wins over promotion.
const (
	AsideContact       = "contact"
	AsidePromotion     = "promotion"
	AsideByline        = "byline"
	AsidePageFurniture = "page_furniture"
	AsideDuplicate     = "duplicate"
)

// Finding is something the reader was unsure of. A blocking one keeps an
// update from being published until a person accepts its code.
type Finding struct {
	Code    FindingCode `json:"code"`
	Lines   Lines       `json:"lines"`
	Message string      `json:"message"`
	Blocks  bool        `json:"blocks"`
}

// FindingCode names a finding.
type FindingCode string

// The findings.
const (
	FindNotAReport     FindingCode = "not_a_report"
	FindNoIssueTime    FindingCode = "no_issue_time"
	FindNoTitleType    FindingCode = "no_title_type"
	FindAmbiguousPlace FindingCode = "ambiguous_place"
	FindUnknownPlace   FindingCode = "unknown_place"
	FindAmbiguousDate  FindingCode = "ambiguous_date"
	FindCopiesDiffer   FindingCode = "copies_differ"
	FindSeveralReports FindingCode = "several_reports"
	FindUnknownHeading FindingCode = "unknown_heading"
	FindOffScale       FindingCode = "off_scale_likelihood"
	FindMixedScales    FindingCode = "mixed_scales"
	FindMissingRisk    FindingCode = "missing_risk"
	FindUnknownRisk    FindingCode = "unknown_risk_word"
	FindOddEncoding    FindingCode = "odd_encoding"
	FindTooLong        FindingCode = "too_long"
	FindContradiction  FindingCode = "contradiction" // not the reader's: two pieces of advice that stand are at odds
)

// Accounting says what a run of lines was taken as; together the entries
// are a partition of all lines.
type Accounting struct {
	Lines Lines  `json:"lines"`
	As    string `json:"as"`
}

// What lines are accounted as.
const (
	AsIssuedAt  = "issued_at"
	AsTitle     = "title"
	AsHeading   = "heading"
	AsStatement = "statement"
	AsMetadata  = "metadata"
	AsSetAside  = "set_aside"
	AsBlank     = "blank"
	AsUnread    = "unread"
)
