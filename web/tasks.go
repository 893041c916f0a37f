package web

import (
	"net/http"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/web/messages"
)

const tasksPath = "/tasks"

// tasksView is what waits for somebody to decide.
type tasksView struct {
	frame
	Open, Decided []workLine
	All           bool
	By            byline
	Lifts         bool // who looks may lift a posture
	Problem       problem
	Of            string
	Reason, Done  string
}

// workLine is a task.
type workLine struct {
	ID, Owner               string
	Question, Default       messages.Said
	About                   string // address of the update it comes from
	Asked, Due              moment
	Late, Posture           bool
	Outcome, DoneBy, Reason string
	DoneAt                  moment
}

// listTasks lists what waits for somebody to decide.
func (p *portal) listTasks(w http.ResponseWriter, r *http.Request) error {
	return p.tasksPage(w, r, http.StatusOK, tasksView{Done: doneWords[r.URL.Query().Get("done")]})
}

func (p *portal) tasksPage(w http.ResponseWriter, r *http.Request, status int, v tasksView) error {
	v.All = r.URL.Query().Get("all") == "1"
	list, err := p.Desk.Tasks(r.Context(), v.All)
	if err != nil {
		return err
	}
	v.frame, v.By, v.Lifts = p.frame(r, "Tasks", vedette.StatusActual), bylineOf(r), p.may(r, rights.Publish) == nil
	v.Place = "house"
	now := p.Now()
	for i := range list {
		t := &list[i]
		l := workLine{ID: string(t.ID), Question: readKept(t.Question), Default: keptDefault(t.Default), Owner: safe(t.Owner), Asked: when(t.CreatedAt, now, ""), Due: when(t.DueAt, now, ""),
			Late: t.DueAt.Before(now), Posture: t.Kind == vedette.TaskKeepOrLift, Outcome: firstOf(decidedWords[t.Outcome], safe(t.Outcome)), DoneBy: safe(t.DoneBy), Reason: safe(t.Reason), DoneAt: when(t.DoneAt, now, "")}
		if t.About != "" {
			l.About = updatePath + string(t.About)
		}
		if t.State == vedette.TaskOpen {
			v.Open = append(v.Open, l)
		} else {
			v.Decided = append(v.Decided, l)
		}
	}
	return p.show(w, status, "tasklist", v)
}

// decidedWords say how tasks are decided.
var decidedWords = map[string]string{"keep": messages.Mark("keep##what stands"), "lift": messages.Mark("lift##a posture"), "done": messages.Mark("done##a task")}

// takeFor is within what time somebody is to have done a task that they take here.
const takeFor = time.Hour

// actOnTask takes a task, or decides it.
func (p *portal) actOnTask(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	f := r.PostForm
	id, done := vedette.ID(f.Get("task")), "decided"
	switch do := f.Get("do"); do {
	case "take":
		done = "taken"
		_, err = p.Desk.TakeTask(r.Context(), id, by, takeFor)
	case "keep", "lift", "done":
		_, err = p.Desk.DecideTask(r.Context(), desk.Decision{Task: id, Outcome: do, By: by, Reason: typed(f.Get("reason"))})
	default:
		err = vedette.Errorf(vedette.CodeInvalid, "press one of the buttons of the page")
	}
	switch {
	case err == nil:
		http.Redirect(w, r, tasksPath+"?done="+done, http.StatusSeeOther)
		return nil
	case mends(err):
		return p.tasksPage(w, r, http.StatusConflict, tasksView{Problem: nothingDone(err), Of: string(id), Reason: typed(f.Get("reason"))})
	}
	return err
}
