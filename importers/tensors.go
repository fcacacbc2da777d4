package importers

import "bytes"

// The V2 protocol of KServe and Triton sends tensors, each with a name, a
// shape and its data, flat or nested; the first dimension is the batch.
//
//	{"outputs":[{"name":"label","shape":[2],"datatype":"BYTES","data":["ok","nok"]},
//	            {"name":"score","shape":[2],"datatype":"FP32","data":[0.9,0.7]}]}
//	──▶ row 0: label ok, score 0.9     row 1: label nok, score 0.7

// inputs are the rows of a request's body.
func inputs(body *value) []row {
	if tensors := body.get("inputs").list(); len(tensors) > 0 && tensors[0].has("datatype") {
		return tensorRows(tensors, "input", func(r *row, _ *value, v *value, path string) { r.tensor(path, v) })
	}
	return bodyRows(body, (*row).given)
}

// outputs are the rows of a response's body.
func outputs(body *value) []row {
	if tensors := body.get("outputs").list(); len(tensors) > 0 && tensors[0].has("datatype") {
		return tensorRows(tensors, "output", (*row).output)
	}
	return bodyRows(body, (*row).answer)
}

func bodyRows(body *value, put func(*row, *value)) []row {
	values := instances(body)
	rows := make([]row, len(values))
	for i := range values {
		put(&rows[i], &values[i])
		rows[i].own()
	}
	return rows
}

// tensorRows deals tensors out by their first dimension.
func tensorRows(tensors []value, path string, put func(r *row, tensor, v *value, path string)) []row {
	n := 1
	for i := range tensors {
		n = max(n, batchOf(&tensors[i]))
	}
	rows := make([]row, n)
	for i := range tensors {
		t := &tensors[i]
		for at, v := range deal(t, n) {
			put(&rows[at], t, &v, path+"."+t.get("name").str())
		}
	}
	for i := range rows {
		rows[i].own()
	}
	return rows
}

// maxBatch bounds the rows of one request.
const maxBatch = 1 << 16

// batchOf is the first dimension of a tensor that has data for it.
func batchOf(t *value) int {
	shape := t.get("shape").list()
	if len(shape) == 0 {
		return 1
	}
	n, ok := shape[0].number()
	if !ok || n < 1 || n > maxBatch || int(n) > len(t.get("data").list()) {
		return 1
	}
	return int(n)
}

// deal cuts a tensor's data into n rows: one item each where it is nested or
// one-dimensional, a run of items where it is flat.
func deal(t *value, n int) []value {
	data := t.get("data").list()
	switch {
	case t.get("data") == nil:
		return nil
	case len(data) == n:
		return data
	case n == 1:
		return []value{*t.get("data")}
	case len(data)%n != 0 || len(data) == 0:
		return nil
	}
	size := len(data) / n
	rows := make([]value, n)
	for i := range rows {
		rows[i] = value{kind: listCell, kids: data[i*size : (i+1)*size], raw: t.get("data").raw}
	}
	return rows
}

// tensor puts a row of an input tensor.
func (r *row) tensor(path string, v *value) {
	if v.is(listCell) && len(v.kids) == 1 && v.kids[0].kind != listCell {
		v = &v.kids[0]
	}
	if v.is(listCell) {
		r.items(path, v)
		return
	}
	r.value(path, v)
}

// output puts a row of an output tensor: what its name or type says.
func (r *row) output(tensor, v *value, path string) {
	if v.is(listCell) && len(v.kids) == 1 {
		v = &v.kids[0]
	}
	name, float := fold(tensor.get("name").str()), bytes.HasPrefix([]byte(tensor.get("datatype").str()), []byte("FP"))
	switch {
	case scoreNames[name] && v.kind != listCell:
		r.once("confidence", v)
	case v.kind == listCell && float:
		if class, score, ok := strongest(v); ok && !r.has("prediction") {
			r.number("prediction", float64(class))
			r.number("confidence", score)
			return
		}
		r.items(path, v)
	case v.kind == listCell:
		r.items(path, v)
	case classNames[name] || !r.has("prediction"):
		r.once("prediction", v)
	default:
		r.value(path, v)
	}
}

// has reports whether the row holds a path.
func (r *row) has(path string) bool {
	for _, p := range r.paths {
		if p == path {
			return true
		}
	}
	return false
}

// once puts a value unless the row holds the path.
func (r *row) once(path string, v *value) {
	if !r.has(path) {
		r.value(path, v)
	}
}

// own copies the bytes, which wait longer than the record they came from.
func (r *row) own() {
	for i := range r.cells {
		r.cells[i].text = bytes.Clone(r.cells[i].text)
	}
}
