package desk

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"vedette"
	"vedette/auth/rights"
)

// actsOf says once more, apart from the desk, what each of its acts is for. What is
// open goes by a secret of its own, by a signature, or comes before one is signed in.
var actsOf = map[rights.Act]string{
	rights.KeepLog:    "Decide",
	rights.Look:       "Inbox Signal LogOf AreaCard Flashes FlashOf Rollcalls Adopted AllClearsOf Canary Conditions CopiedFrom Drafts Hooks PostureBoard PostureOf World Receivers Report ReportFile OpenReportFile ThreadOf Approvals ApprovalsOf FindUpdates Sending SendingYet Settings Sites Sources Tally Tallies Tasks Update",
	rights.SeePeople:  "ApprovalCard CountHouse ListPeople CountPeople PersonCard PersonForm SiteCard FindSites TripForm ListTrips ListWatches Watch Board BoardRows EachOnBoard Night OpenNow NightAt BoardAt CallSheets CaseOf Cases ClashManagers Compromised CompromisesOf Corrects DeadAddresses Draft Drills EachPerson EachWho HandoverNow HandoverOf Handovers Named People Person Presences PreviewAsk Reach Recipients Reconcile Rollcall Roster Rota Sitrep SitrepsOf OpenSitrep ToldManagers Trips TripsTo Watches Who Why WorldPeople AreaPeople",
	rights.Draft:      "Receive TakeSignal SetSignalAside ReopenSignal DraftAgain GiveHandout Handouts EndHandout ComposeFlash KeepFlash AskAllClear AskApproval Compose WithdrawApproval WantsApproval EditDraft FuseDraft NewDraft Preview PreviewAgain PreviewAllClear PreviewCancel PreviewCondition PreviewRetract PreviewStop RemoveDraft Save Stop WouldAdopt",
	rights.Publish:    "AllClear Cancel DeclareCondition TakeShared PreviewReplay Publish PublishDraft Replay Retract SendCanary SetPosture TellAgain",
	rights.Account:    "Account CloseRollcall DivideCalls KeepTry OpenRollcall RefreshRollcall TakeTask",
	rights.Ask:        "AskRound",
	rights.TakeCases:  "ActOnCase Compromise WriteInCase",
	rights.HandOver:   "DecideTask AddDuty GiveHandover KeepSitrep RemoveDuty TakeHandover",
	rights.Drill:      "Drill PreviewDrill",
	rights.KeepPeople: "MakePage MailPage EndPages AddPeople Erase PreviewErase EditPerson EditTrip EditWatch AddTrip AddWatch CancelTrip CheckIn EndPresence ImportItinerary ImportPeople ImportTrips KeepPrecision LiftDead RemoveWatch",
	rights.RunHouse:   "SaveFlash RestoreFlash Channels SendTest TestSent SettingsPage EditSettings EditSite RemoveSite ImportSites AddHook AskMail AskMailbox Bounce RemoveHook SaveSettings SetCanary SetPolicy SetRestrictedPolicy",
	rights.Approve:    "Approve RefuseApproval Review",
	rights.BreakGlass: "BreakGlass",
	rights.Scim:       "Identities Identity AddIdentity ChangeIdentity RemoveIdentity",
	rights.SeeOwn:     "Own OwnPerson",
	rights.AccountOwn: "AccountOwn",
	rights.Export:     "EachInManifest NoteExport PersonFile",
	rights.Administer: "SetRungOf Organisations Invite Invitations EndInvitation AddOrganisation Rename Offer CloseOrganisation Sharing Subscribe Unsubscribe Dismiss AddToken EndToken Tokens AddUser CloseUser ResetUser SetUserRole SetPrivy Users",
	rights.Audit:      "Audit CheckLog LogHead",
	rights.Self:       "Prove RungAt SetRung SetPIN AskCodes AddCodes RemoveCodes ShowCode Factors AskNewPasskey AddPasskey RemovePasskey AskShown ShowPasskey Sessions EndSession EndOthers ChangePassword SignOut SetEachTime SetLanguage",
	"":                "OpenHandout OpenMine LinkMine EraseMine FileMine TapMine HereMine WishMine LogSeq Shelve AskPasskey SignInByPasskey Bearer AddDevice Answer DeviceHas DisownDevice OpenWord GiveWord HearCall HearMail HearText Linked MarkSeen OpenDevice OpenOffer OpenReply RemoveDevice SetPassword Shut SignIn SignedIn StopAddress TakeOffer NewWelcome Welcome AskProvider SignInByProvider",
}

// Every act of the desk, as nobody, as whoever comes by a link or a gateway, as every
// role, and as a token for each thing alone: what the table says, and before anything
// else. An act that is in no line of it fails.
func TestTheDeskAsksWhoActs(t *testing.T) {
	room := newRoom(t)
	of := map[string]rights.Act{}
	for act, names := range actsOf {
		for _, n := range strings.Fields(names) {
			of[n] = act
		}
	}
	actors := map[string]vedette.Actor{
		"nobody": {Via: vedette.ViaPortal}, "a link": {Via: vedette.ViaLink}, "a gateway": {Via: vedette.ViaGateway}, "a token": {Via: vedette.ViaToken},
		"the command line": {Via: vedette.ViaCommand}, "Vedette": {Via: vedette.ViaProgram},
	}
	for _, r := range vedette.UserRoles {
		actors[string(r)] = vedette.Actor{Via: vedette.ViaPortal, Role: r, Name: "Ada"}
	}
	for _, a := range rights.Acts {
		actors["a token to "+string(a)] = vedette.Actor{Via: vedette.ViaToken, Name: "t", Acts: []string{string(a)}}
	}
	d := reflect.ValueOf(room.Desk)
	for i := range d.NumMethod() {
		name, m := d.Type().Method(i).Name, d.Method(i)
		if m.Type().NumIn() == 0 || m.Type().In(0) != reflect.TypeFor[context.Context]() {
			continue // it reads nothing and does nothing
		}
		act, ok := of[name]
		if delete(of, name); !ok {
			t.Errorf("%s is in no line of what the desk asks for", name)
			continue
		}
		for who, a := range actors {
			want := act == "" || a.Via == vedette.ViaCommand || a.Via == vedette.ViaProgram || rights.May(a.Role, act) || rights.TokenMay(a.Acts, act)
			if got := asked(m, vedette.Acting(context.Background(), a), refused(a, act)); got != want {
				t.Errorf("%s as %s: let %v, want %v", name, who, got, want)
			}
		}
	}
	for name := range of {
		t.Errorf("the desk has no act %s", name)
	}
}

// asked calls an act with nothing, in a context that has ended, and says whether it
// got past being asked.
func asked(m reflect.Value, ctx context.Context, refusal error) (let bool) {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	in := []reflect.Value{reflect.ValueOf(ctx)}
	for i := 1; i < m.Type().NumIn(); i++ {
		in = append(in, reflect.Zero(m.Type().In(i)))
	}
	defer func() {
		if recover() != nil {
			let = true // it got on to use what it was not given
		}
	}()
	call := m.Call
	if m.Type().IsVariadic() {
		call = m.CallSlice
	}
	out := call(in)
	err, _ := out[len(out)-1].Interface().(error)
	return err == nil || err.Error() != refusal.Error()
}
