// Package importers turns files that plants already have into batches.
//
//	file ─▶ unpack ─▶ window ─▶ format ─▶ record ─▶ shape ─▶ Batch
//	        gzip      sliding   JSON      cells     inference,
//	        zstd      view      CSV       by field  label, metric,
//	        UTF-16                                  event
//	directory of images ────────────────────────────▶ frame
//
// [Find] lists sources, [Source.Recognise] reads the first 64 KiB and says what
// they hold, [Source.Read] streams them. A format is one file here that adds
// itself to the registry; a layout (a known shape of records, such as
// DeepStream's) is one file that adds itself to the layouts. Neither knows the
// other, nor who asked.
//
// Nothing is believed of the input. Values are bounded, one bad record is kept
// as a reject and never ends the import, and what had to be guessed is said in
// a warning.
package importers
