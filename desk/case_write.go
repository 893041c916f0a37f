package desk

import (
	"context"
	"fmt"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/deliver"
	"vedette/deliver/segment"
)

// Written is a message to the person of a case, and what it takes.
type Written struct {
	Card  *CaseCard
	Takes string // "1 mail, 1 text message, 3 segments, EUR 0.12"
}

// WriteInCase writes to the person of a case, over the channels that reach them.
func (d *Desk) WriteInCase(ctx context.Context, o CaseOrder) (*Written, error) {
	if err := d.asks(&ctx, rights.TakeCases); err != nil {
		return nil, err
	}
	o.Kind = vedette.CaseWrite
	card, err := d.ActOnCase(ctx, o)
	if err != nil {
		return nil, err
	}
	sp, err := d.rows.PersonByKey(ctx, card.Person)
	if err != nil {
		return nil, err
	}
	p := d.unveiled(&sp)
	if p.Record.Discreet, err = d.discreet(ctx, p.Key, &p.Record); err != nil {
		return nil, err
	}
	language, err := d.language(ctx, &p.Record)
	return &Written{card, d.takes(&p, card, strings.TrimSpace(o.Text), language)}, err
}

// takes says what the letters of the last message take.
func (d *Desk) takes(p *vedette.Person, card *CaseCard, words, language string) string {
	var last *vedette.CaseEntry
	for i := range card.Log {
		if card.Log[i].Kind == vedette.CaseWrite {
			last = &card.Log[i]
		}
	}
	n := map[vedette.Channel]int{}
	segments, cost, priced := 0, 0.0, d.SMS != nil
	for _, l := range card.SentOf(last) {
		n[l.Channel]++
		if l.Channel != vedette.ChannelSMS {
			continue
		}
		m := deliver.CaseWord{Org: d.OrgName(), Language: language, Discreet: p.Record.Discreet, Words: words, Link: "https://" + strings.Repeat("x", linkRoom-len("https://"))}.Message(true)
		_, of := segment.Count(m.Text)
		segments += of
		a, _ := p.Record.Address(l.Address)
		if priced {
			var each float64
			if each, priced = d.SMS.Price(a.Value); priced {
				cost += each * float64(of)
			}
		}
	}
	var parts []string
	if k := n[vedette.ChannelEmail]; k > 0 {
		parts = append(parts, fmt.Sprintf("%d %s", k, plural(k, "mail")))
	}
	if k := n[vedette.ChannelSMS]; k > 0 {
		parts = append(parts, fmt.Sprintf("%d text %s, about %d %s", k, plural(k, "message"), segments, plural(segments, "segment")))
		if priced && d.SMS.Currency != "" {
			parts = append(parts, fmt.Sprintf("%s %.2f", d.SMS.Currency, cost))
		}
	}
	return strings.Join(parts, ", ")
}
