package bounce_test

import (
	"slices"
	"strings"
	"testing"

	"vedette"
	"vedette/deliver/bounce"
)

func feedback(fields, quoted string) string {
	return "From: <feedback@fbl.example.net>\nTo: desk@acme.example.org\nSubject: FW: Iraq\nMIME-Version: 1.0\n" +
		"Content-Type: multipart/report; report-type=feedback-report;\n\tboundary=\"b1\"\n\n--b1\nContent-Type: text/plain\n\nThis is an email abuse report.\n\n" +
		"--b1\nContent-Type: message/feedback-report\n\n" + fields + "\n--b1\nContent-Type: message/rfc822\n\n" + quoted + "\nThe mail.\n--b1--\n"
}

const abuse = "Feedback-Type: abuse\nUser-Agent: SomeGenerator/1.0\nVersion: 1\nOriginal-Mail-From: <bounces+0abc@acme.example.org>\nOriginal-Rcpt-To: <ali@example.org>\nOriginal-Rcpt-To: ali.b@example.org\nSource-IP: 192.0.2.1\n"

// A complaint is read with the mail it is about and whom it was for; what is no
// word of its reader's on us is none.
func TestComplaints(t *testing.T) {
	r, err := bounce.Read([]byte(feedback(abuse, quoted)))
	if err != nil || r.Action != bounce.Complained || r.Why != "abuse" || r.Dead() || !slices.Equal(r.Tokens, []string{"0abc", token}) || !slices.Equal(r.For, []string{"ali@example.org", "ali.b@example.org"}) {
		t.Fatalf("%+v, %v", r, err)
	}
	if r, err = bounce.Read([]byte(feedback("Feedback-Type: Opt-Out\nVersion: 1\n", quoted))); err != nil || r.Action != bounce.Complained || len(r.For) != 0 {
		t.Fatalf("without an address: %+v, %v", r, err)
	}
	for what, c := range map[string]struct{ mail, says string }{
		"not spam":            {feedback("Feedback-Type: not-spam\nVersion: 1\n", quoted), "no complaint"},
		"a signature":         {feedback("Feedback-Type: auth-failure\nVersion: 1\n", quoted), "no complaint"},
		"no sort":             {feedback("Version: 1\n", quoted), "no complaint"},
		"a status beside":     {feedback("Action: failed\nStatus: 5.1.1\n", quoted), "no complaint"},
		"of whom":             {feedback("Feedback-Type: abuse\n", "Subject: x\n"), "which mail"},
		"a status for a word": {strings.Replace(feedback(abuse, quoted), "message/feedback-report", "message/delivery-status", 1), "no complaint"},
	} {
		if r, err := bounce.Read([]byte(c.mail)); vedette.ErrorCode(err) != vedette.CodeInvalid || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %+v, %v", what, r, err)
		}
	}
}
