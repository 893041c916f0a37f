package auth_test

import (
	"testing"

	"vedette"
	"vedette/auth"
)

func TestAPINIsNotOneThatIsGuessedFirst(t *testing.T) {
	for _, good := range []string{"493817", "112358", "020304050607", "1234568"} {
		if err := auth.CheckPIN(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"", "49381", "4938170000001", "49381a", "٤٩٣٨١٧", "000000", "123456", "987654", "493493", " 493817", "-93817"} {
		if err := auth.CheckPIN(bad); vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%q was taken: %v", bad, err)
		}
	}
}
