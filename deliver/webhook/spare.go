package webhook

import (
	"time"

	"vedette/deliver/breaker"
)

// Spares is when a receiver that fails is passed over: after three failures on
// end for half a minute, then for longer, up to ten minutes.
var Spares = breaker.Rule{Failures: 3, First: 30 * time.Second, Most: 10 * time.Minute}
