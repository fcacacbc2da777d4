// Package clock reads the times of a log.
//
// A value alone does not say what it means: 04/10/2021 is in April or in
// October, 1607123955 may be an epoch or a serial number. So a layout belongs
// to a column: [Infer] looks at many of its values, keeps the layouts that read
// all of them, and where day and month still tie lets the order of the values
// decide. What it had to assume it says in words.
//
//	values ─▶ Infer ─▶ Layout ─▶ Parse each value ─▶ ns since 1970 UTC
package clock
