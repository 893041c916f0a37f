package main

import "hash/fnv"

// The moods of a sink, and how many of its recipients each is for.
const (
	moodDefers  = "defers"  // says 4xx to a fifth, the first time
	moodRefuses = "refuses" // says 5xx to a fifth
	moodDrops   = "drops"   // keeps the mail of one in 500 and hangs up, the first time
	moodHangs   = "hangs"   // reads the mail of one in 5,000, says nothing and keeps nothing, the first time
)

var oneIn = map[string]uint32{moodDefers: 5, moodRefuses: 5, moodDrops: 500, moodHangs: 5000}

// chosen says whether a mood is for a recipient.
func chosen(mood, rcpt string) bool {
	n := oneIn[mood]
	h := fnv.New32a()
	h.Write([]byte(rcpt))
	return n > 0 && h.Sum32()%n == 0
}

// greets gives the answer to a recipient.
func (s *sink) greets(rcpt string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !chosen(s.mood, rcpt) {
		return "250 2.1.5 yes"
	}
	first := !s.met[rcpt]
	switch s.mood {
	case moodDefers:
		if s.met[rcpt] = true; first {
			return "451 4.3.0 come back later"
		}
	case moodRefuses:
		if s.met[rcpt] = true; first {
			s.refused++
		}
		return "550 5.1.1 no such user"
	}
	return "250 2.1.5 yes"
}

// treats says whether a mail is kept, and answered.
func (s *sink) treats(rcpt string) (keeps, answers bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if (s.mood != moodDrops && s.mood != moodHangs) || !chosen(s.mood, rcpt) || s.met[rcpt] {
		return true, true
	}
	s.met[rcpt] = true
	s.odd++
	return s.mood == moodDrops, false
}
