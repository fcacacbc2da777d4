package report

import (
	"reflect"
	"strings"
	"time"
)

// JSONSchema is the schema of [Document], in JSON Schema 2020-12, made from the
// types themselves so that the two cannot differ. Every key is required but
// those that say omitempty, unknown is null, more keys may come.
func JSONSchema() map[string]any {
	s := shape(reflect.TypeFor[Document]())
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "Andon incident report"
	s["description"] = "What andon report FILE -o out.json writes. Times are RFC 3339 in UTC, qualities are shares or amounts in the metric's unit, " +
		"windows include from and exclude to, probabilities and contributions are shares of 1."
	return s
}

var (
	timeType = reflect.TypeFor[time.Time]()
	realType = reflect.TypeFor[real]()
)

// shape is the schema of a type.
func shape(t reflect.Type) map[string]any {
	switch {
	case t == timeType:
		return map[string]any{"type": "string", "format": "date-time"}
	case t == realType: // what is not finite is null
		return map[string]any{"type": []string{"number", "null"}}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return orNull(shape(t.Elem()))
	case reflect.Struct:
		return object(t)
	case reflect.Slice:
		return map[string]any{"type": "array", "items": shape(t.Elem())}
	case reflect.Array:
		return map[string]any{"type": "array", "items": shape(t.Elem()), "minItems": t.Len(), "maxItems": t.Len()}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": shape(t.Elem())}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Float32, reflect.Float64:
		return map[string]any{"type": "number"}
	}
	return map[string]any{"type": "integer"}
}

func orNull(s map[string]any) map[string]any {
	if name, ok := s["type"].(string); ok {
		s["type"] = []string{name, "null"}
	}
	return s
}

// object is the schema of a struct by its JSON names; embedded ones are part of
// it, and a field without a name of its own keeps Go's.
func object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	var add func(t reflect.Type)
	add = func(t reflect.Type) {
		for i := range t.NumField() {
			f := t.Field(i)
			if f.Anonymous {
				add(f.Type)
				continue
			}
			name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == "" {
				name = f.Name
			}
			properties[name] = shape(f.Type)
			if options == "" {
				required = append(required, name)
			}
		}
	}
	add(t)
	return map[string]any{"type": "object", "properties": properties, "required": required}
}
