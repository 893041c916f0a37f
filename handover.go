package vedette

import "time"

// Handover is what a shift leaves to the next, as it stood when it was given:
// from whom to whom, and what is going on. It is never changed. People are
// named by id, so that whoever is erased is so here too.
type Handover struct {
	Key      int64           `json:"-"`
	ID       ID              `json:"id"`
	No       int             `json:"no"` // from 1, in the organisation
	At       time.Time       `json:"at"`
	From     string          `json:"from"`
	To       string          `json:"to"`
	Since    time.Time       `json:"since,omitzero"`     // when the one before was given
	Previous string          `json:"previous,omitempty"` // digest of the one before
	Standing []HandSituation `json:"standing"`
	Cases    []HandCase      `json:"cases"`     // not closed
	Rolls    []HandRoll      `json:"rollcalls"` // open
	Tasks    []HandTask      `json:"tasks"`     // open
	Awaited  []HandCondition `json:"conditions"`
	Clears   []HandClear     `json:"all_clears"` // in force, of what stands
	Postures []HandPosture   `json:"postures"`   // changed since the one before

	Digest  string    `json:"digest"` // of all above, signed with the installation's key
	TakenAt time.Time `json:"taken_at,omitzero"`
	TakenBy string    `json:"taken_by,omitempty"` // "" while nobody has taken over
}

// HandSituation is what stands of a situation, and how far its word has come.
type HandSituation struct {
	Situation   ID        `json:"situation"`
	Title       string    `json:"title"`
	Status      Status    `json:"status"`
	Update      ID        `json:"update"`
	Number      int       `json:"number"`
	Urgency     Urgency   `json:"urgency"`
	Risk        Risk      `json:"risk"`
	PublishedAt time.Time `json:"published_at"`
	Concerned   int       `json:"concerned"`
	Silent      int       `json:"silent"`
	Help        int       `json:"help"`
	Unreachable int       `json:"unreachable"`
	Queued      int       `json:"queued"`  // people still waiting for it
	Failed      int       `json:"failed"`  // people no channel reached
	Unknown     int       `json:"unknown"` // people of whom that is not known
}

// Trouble says whether somebody may not have been told.
func (s *HandSituation) Trouble() bool { return s.Queued+s.Failed+s.Unknown+s.Unreachable > 0 }

// HandCase is a call for help.
type HandCase struct {
	ID       ID        `json:"id"`
	Person   ID        `json:"person"`
	State    CaseState `json:"state"`
	Owner    string    `json:"owner,omitempty"`
	CalledAt time.Time `json:"called_at"`
	DueAt    time.Time `json:"due_at"`
	Late     bool      `json:"late,omitempty"`
}

// HandRoll is a roll-call, with who is not accounted for.
type HandRoll struct {
	ID      ID                   `json:"id"`
	Title   string               `json:"title"`
	Status  Status               `json:"status"`
	Members int                  `json:"members"`
	Counts  map[RollStanding]int `json:"counts"`
	Open    []ID                 `json:"open"` // people silent, or heard of too long ago
	Callers []string             `json:"callers,omitempty"`
}

// HandTask is something a person must do.
type HandTask struct {
	ID       ID        `json:"id"`
	Question string    `json:"question"`
	DueAt    time.Time `json:"due_at"`
	Late     bool      `json:"late,omitempty"`
}

// HandCondition is what advice waits for, or what was declared of it.
type HandCondition struct {
	Update ID             `json:"update"`
	No     int            `json:"no"`
	Text   string         `json:"text"`
	State  ConditionState `json:"state"`
}

// HandClear is an all-clear.
type HandClear struct {
	Update ID        `json:"update"`
	Area   AreaID    `json:"area"`
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Basis  string    `json:"basis"`
}

// HandPosture is a posture that changed.
type HandPosture struct {
	Area   AreaID    `json:"area"`
	Action Action    `json:"action"` // "" lifted, or left out
	Was    Action    `json:"was"`
	Since  time.Time `json:"since"`
	By     string    `json:"by,omitempty"`
	Reason string    `json:"reason,omitempty"`
	Update ID        `json:"update,omitempty"`
}
