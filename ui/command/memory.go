package command

import (
	"runtime/debug"
)

// The console runs beside the plant's own programs, so it keeps to a budget:
// 1 GB at 5 M rows. The collector by itself lets the heap grow to twice what is
// in use, and what is in use is mostly the columns, which never become garbage.
//
//	heap   ▂▄▆████ 720 MB in use ····▶ 1,440 MB: collected      by itself
//	heap   ▂▄▆████ 720 MB in use ▶ 840 MB: collected            with a limit
const (
	leastBudget  = 840 << 20
	budgetPerRow = leastBudget / 5_000_000
)

// budget limits the heap for so many rows. It is soft: what is needed beyond is
// got, at the price of more collections. A limit of the user's own stands.
func (s *session) budget(rows int64) {
	if s.sparing && s.env.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(max(leastBudget, rows*budgetPerRow))
	}
}
