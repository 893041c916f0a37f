package vedette

// Site is a place people work at.
type Site struct {
	Key      int64
	ID       ID
	External string // what the organisation calls it: a number or code, "" for none
	Name     string
	Area     AreaID
	Point    *Point
	Phone    string // a landline, E.164; "" for none
}
