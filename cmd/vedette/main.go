// Command vedette reads situation updates, finds who is concerned, tells
// them, and keeps the record.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"vedette"
	"vedette/app"
)

func main() {
	os.Exit(run(world{in: os.Stdin, out: os.Stdout, err: os.Stderr, now: time.Now, args: os.Args[1:], again: true}))
}

// world is what the command sees of the outside.
type world struct {
	in       io.Reader
	out, err io.Writer
	now      func() time.Time
	args     []string
	again    bool // the program can be begun anew by itself, to make hashes
}

// The exit codes: 0 done, 1 an error, 2 wrong usage.
const (
	exitDone  = 0
	exitError = 1
	exitUsage = 2
)

// cli is the command line.
type cli struct {
	Data      string     `help:"Directory of the database and its key." default:"vedette-data" env:"VEDETTE_DATA" placeholder:"DIR"`
	Database  string     `help:"PostgreSQL instead of a file in --data: postgres://user@host/name." env:"VEDETTE_DATABASE" placeholder:"URL"`
	KeyFile   string     `help:"File of the installation key (default: installation.key in --data). VEDETTE_KEY may hold the key itself." env:"VEDETTE_KEY_FILE" placeholder:"FILE"`
	Org       string     `help:"Which organisation, where there are several: its name or short name. At first start, how the one is called that is made." env:"VEDETTE_ORG" placeholder:"NAME"`
	Providers string     `help:"File of the mail providers that tell what became of mails (default: providers.json in --data, if there is one)." env:"VEDETTE_PROVIDERS" placeholder:"FILE"`
	SMSFile   string     `help:"File of the text message gateways (default: sms.json in --data, if there is one)." env:"VEDETTE_SMS" placeholder:"FILE" name:"sms"`
	VoiceFile string     `help:"File of the voice gateways (default: voice.json in --data, if there is one)." env:"VEDETTE_VOICE" placeholder:"FILE" name:"voice"`
	Push      string     `help:"Send to devices by web push, too, and name whom a push service may write to: mailto:desk@example.org, or an https address." env:"VEDETTE_PUSH" placeholder:"CONTACT"`
	Config    configFile `help:"File of settings, a line for each: name = value; see vedette check-config --help. The environment goes before it, and the command line before that." env:"VEDETTE_CONFIG" placeholder:"FILE"`
	LogLevel  string     `help:"debug, info, warn or error." enum:"debug,info,warn,error" default:"info" env:"VEDETTE_LOG"`

	Demo      demoCmd         `cmd:"" help:"Watch a report go from text to 1,000 inboxes and back, on invented people."`
	Parse     parseCmd        `cmd:"" help:"Read a report and show how it was understood."`
	People    peopleCmd       `cmd:"" help:"The people you care for."`
	Place     placeCmd        `cmd:"" help:"What is known of a place: kind, what contains it, time zone, centre, outline, disputes."`
	Sites     sitesCmd        `cmd:"" help:"The places your people work at."`
	Trips     tripsCmd        `cmd:"" help:"Where people will be."`
	Checkin   checkinCmd      `cmd:"" help:"Keep where someone said they are, for a time. They must have opted in."`
	Presence  presenceCmd     `cmd:"" help:"Where someone is held to be, and why."`
	Watch     watchCmd        `cmd:"" help:"What someone asked to be told about besides."`
	Settings  settingsCmd     `cmd:"" help:"The organisation's own figures."`
	Policy    policyCmd       `cmd:"" help:"What is done while nobody answers: who is told again, how often, and when the desk is asked."`
	Who       whoCmd          `cmd:"" help:"Who is somewhere, may be there, or arrives soon: by area or shape."`
	Reach     reachCmd        `cmd:"" help:"Who is reached within so long, who is not, and why: measured by drills and real traffic."`
	Drill     drillCmd        `cmd:"" help:"Ask people to answer a test message, over every channel: it verifies their addresses."`
	Canary    canaryCmd       `cmd:"" help:"How long messages take, measured by test messages that go the way of a warning."`
	Posture   postureCmd      `cmd:"" help:"Which travel advice stands for which area; set it by hand."`
	World     worldCmd        `cmd:"" help:"Where travel advice of ours stands and what is open, with who is there; or all that is known of one area."`
	Tasks     tasksCmd        `cmd:"" help:"What waits for somebody to decide: keep or lift a posture."`
	Case      caseCmd         `cmd:"" help:"Calls for help: take one, note what is known, hand it over, close it."`
	Shut      shutCmd         `cmd:"" name:"compromised" help:"Somebody is detained or lost their phone: stop all that is sent to them, kill their links, trust no answer. Lists who is."`
	Handover  handoverCmd     `cmd:"" help:"The change of the shift: what is going on, signed and kept; what changed since the one before."`
	Log       logCmd          `cmd:"" help:"What was decided in a situation, by whom, when and why: write a line, list them."`
	Audit     auditCmd        `cmd:"" help:"Who did what, when: the record, and whether anything of it was changed."`
	Organ     organisationCmd `cmd:"" name:"organisation" help:"The organisations of the installation: add, invite, close; and what one publishes to others."`
	User      usersCmd        `cmd:"" help:"Who may sign in at the portal, and as what."`
	Share     shareCmd        `cmd:"" help:"Let somebody outside read an update by a link, and end it."`
	Token     tokenCmd        `cmd:"" help:"Which machines may come in, by a token, and to do what."`
	Rota      rotaCmd         `cmd:"" help:"Who is on duty when: to them calls for help are offered."`
	Rollcall  rollcallCmd     `cmd:"" help:"Ask of everyone somewhere whether they are accounted for, until everyone is."`
	Flash     flashCmd        `cmd:"" help:"Warn people now: a template, where, and one line; each is told in their language."`
	Inbox     inboxCmd        `cmd:"" help:"What came in and nobody has looked at: alerts of warning services, reports that are in no draft."`
	Draft     draftCmd        `cmd:"" help:"Updates in the making: keep, change risk, areas and shapes, see whom that concerns."`
	Publish   publishCmd      `cmd:"" help:"Draft an update from a report, show whom it concerns, and publish it on --yes."`
	Approve   approveCmd      `cmd:"" help:"What waits for the word of a second person: see it, approve it, refuse it; look at what went out on one person's word."`
	Correct   correctCmd      `cmd:"" help:"Publish a correction: everyone who got the earlier version is told."`
	Cancel    cancelCmd       `cmd:"" help:"End an update's word: sent in error, or over. Everyone who was told hears it."`
	AllClear  allClearCmd     `cmd:"" name:"all-clear" help:"Say that what protects people in an area is needed no more, on which basis: those who were told hear it."`
	InError   retractCmd      `cmd:"" name:"sent-in-error" help:"One press: stop an update, and tell exactly those who may have got it that it was sent in error."`
	Condition conditionCmd    `cmd:"" help:"What an update's advice waits for: list, declare met or passed, take back."`
	TellAgain tellAgainCmd    `cmd:"" help:"Tell everyone concerned by an update once more."`
	Updates   updatesCmd      `cmd:"" help:"List what was published."`
	Status    statusCmd       `cmd:"" help:"How far an update has come: told, answered, silent."`
	Reconcile reconcileCmd    `cmd:"" help:"Prove that everyone is in one state, name every gap; against a provider's log too."`
	Why       whyCmd          `cmd:"" help:"Why someone is, or is not, concerned, and which advice applies."`
	Stop      stopCmd         `cmd:"" help:"Halt all of an update that is not yet accepted."`
	Serve     serveCmd        `cmd:"" help:"Run the portal, plan and send."`
	CheckConf checkCmd        `cmd:"" name:"check-config" help:"Say all that is wrong with the file of settings and the environment; or list the settings there are."`
	Work      workCmd         `cmd:"" help:"Send beside it, from one PostgreSQL: any number of processes, on any number of machines."`
	Bounces   bouncesCmd      `cmd:"" help:"Mails that came back: read them, list dead addresses, write to one again."`
	DKIM      dkimCmd         `cmd:"" name:"dkim" help:"The key that signs mails, and its DNS record."`
	Hooks     hooksCmd        `cmd:"" help:"Systems that are told of every update by webhook."`
	Sms       smsCmd          `cmd:"" help:"The gateways of text messages, and how a number would be texted." name:"sms"`
	Voice     voiceCmd        `cmd:"" help:"The gateways of calls, who is called, and how a number would be." name:"voice"`
	Key       keyCmd          `cmd:"" help:"The installation key: put another in its place while all works, and seal secrets with it that stand in files."`
	Manifest  manifestCmd     `cmd:"" help:"Who is where, how to reach them and whom to ask, in an encrypted file that is read when the server is gone."`
	Backup    backupCmd       `cmd:"" help:"Write a consistent copy of the database to a file, while it runs."`
	Restore   restoreCmd      `cmd:"" help:"Fill an empty place from a backup."`
	Version   versionCmd      `cmd:"" help:"Print the version."`
}

// makeHashes is what vedette does that serve began to make hashes of passwords.
func makeHashes(w world) int {
	if err := app.MakeHashes(w.in, w.out); err != nil {
		fmt.Fprintln(w.err, "vedette:", err)
		return exitError
	}
	return exitDone
}

// session is what a command works with.
type session struct {
	world
	ctx context.Context
	cli *cli

	book  *book           // the file of settings, nil where a command reads none
	given map[string]bool // the flags on the command line
}

// exited is how kong says that it ends the command: help was printed.
type exited struct{ code int }

// newParser makes what reads the command line into c, and the file of settings into b.
func newParser(c *cli, w world, b *book) (*kong.Kong, error) {
	return kong.New(c,
		kong.Name("vedette"),
		kong.Description("Vedette reads situation updates, finds who is concerned, tells them, and keeps the record.\n\nBegin with: vedette demo"),
		kong.Writers(w.out, w.err),
		kong.Vars{"user": userName(), "logkinds": logKinds()},
		kong.Exit(func(code int) { panic(exited{code}) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Bind(b),
	)
}

// unwrapped takes off the marks that a page in Arabic, Hebrew or Persian keeps a word of a
// command from turning by: they come along, unseen, when somebody copies it.
func unwrapped(args []string) []string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = a
		for _, begins := range []string{"\u2066", "\u2067", "\u2068"} {
			if inner, ok := strings.CutPrefix(a, begins); ok {
				out[i] = strings.TrimSuffix(inner, "\u2069")
			}
		}
	}
	return out
}

func run(w world) int {
	if app.AsksForHashes(w.args) {
		return makeHashes(w)
	}
	dropEmpty()
	var c cli
	b := &book{}
	parser, err := newParser(&c, w, b)
	if err != nil {
		fmt.Fprintln(w.err, "vedette:", err)
		return exitError
	}
	args := unwrapped(w.args)
	if len(args) == 0 || len(args) == 1 && args[0] == "help" {
		args = []string{"--help"}
	}
	kctx, help, err := parse(parser, args)
	var bad *wrong
	switch {
	case help != nil && len(w.args) == 0: // help was printed, though not asked for
		return exitUsage
	case help != nil:
		return help.code
	case errors.As(err, &bad):
		bad.print(w.err)
		fmt.Fprintln(w.err, "vedette: nothing was done; vedette check-config says all that is wrong")
		return exitUsage
	case err != nil:
		fmt.Fprintf(w.err, "vedette: %v\nRun \"vedette --help\", or \"vedette COMMAND --help\".\n", err)
		return exitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	s := &session{world: w, ctx: vedette.Acting(ctx, vedette.Actor{Via: vedette.ViaCommand, Name: userName()}), cli: &c, book: b, given: given(kctx)}
	if err := kctx.Run(s); err != nil {
		return s.fail(err)
	}
	return exitDone
}

// parse reads the arguments; asking for help ends it early.
func parse(p *kong.Kong, args []string) (k *kong.Context, help *exited, err error) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(exited)
			if !ok {
				panic(r)
			}
			help = &e
		}
	}()
	k, err = p.Parse(args)
	return k, nil, err
}

// given are the flags that were said on the command line.
func given(k *kong.Context) map[string]bool {
	out := map[string]bool{}
	for _, p := range k.Path {
		if p.Flag != nil && !p.Resolved {
			out[p.Flag.Name] = true
		}
	}
	return out
}

// errUsage marks an error as wrong usage.
type errUsage struct{ error }

// errSaid ends with status 1 when all was said already.
var errSaid = errors.New("said")

func (s *session) fail(err error) int {
	var u errUsage
	var bad *wrong
	switch {
	case errors.As(err, &bad):
		bad.print(s.err)
		return exitUsage
	case errors.Is(err, errSaid):
		return exitError
	case errors.As(err, &u):
		fmt.Fprintln(s.err, "vedette:", clean(err.Error()))
		return exitUsage
	case errors.Is(err, context.Canceled) && s.ctx.Err() != nil:
		fmt.Fprintln(s.err, "vedette: interrupted")
		return exitError
	}
	fmt.Fprintln(s.err, "vedette:", clean(err.Error()))
	return exitError
}

func (s *session) config() app.Config {
	return app.Config{Data: s.cli.Data, Database: s.cli.Database, KeyFile: s.cli.KeyFile, KeyText: os.Getenv("VEDETTE_KEY"),
		Org: s.cli.Org, SMSFile: s.cli.SMSFile, VoiceFile: s.cli.VoiceFile, ProvidersFile: s.cli.Providers, Push: s.cli.Push, Now: s.now, Log: s.log()}
}

func (s *session) log() *slog.Logger {
	var l slog.Level
	if err := l.UnmarshalText([]byte(s.cli.LogLevel)); err != nil {
		l = slog.LevelInfo
	}
	return slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: l}))
}

// open runs do with the installation open.
func (s *session) open(do func(*app.App) error) error { return s.openWith(s.config(), do) }

// openAll is open for what is of no one organisation.
func (s *session) openAll(do func(*app.App) error) error {
	c := s.config()
	c.Any = true
	return s.openWith(c, do)
}

func (s *session) openWith(c app.Config, do func(*app.App) error) (err error) {
	a, err := app.Open(s.ctx, c)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := a.Close(); err == nil && cerr != nil {
			err = vedette.Wrap(cerr, vedette.CodeInternal, "closing the database")
		}
	}()
	return do(a)
}

func (s *session) printf(format string, args ...any) { fmt.Fprintf(s.out, format, args...) }
