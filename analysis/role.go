package analysis

import "strings"

// Role is what a column means to Andon. The program beyond the importers
// knows only roles and columns, never a source's own field names.
type Role string

const (
	RoleTime       Role = "time"
	RoleID         Role = "id"
	RoleModel      Role = "model"
	RoleVersion    Role = "model_version"
	RolePrediction Role = "prediction"
	RoleConfidence Role = "confidence"
	RoleLabel      Role = "label"
	RoleCorrect    Role = "correct"
	RoleLatency    Role = "latency_ms"
	RoleStatus     Role = "status"
	RoleVote       Role = "vote"
	RoleReviewer   Role = "reviewer"
	RoleLabelTime  Role = "label_time"
	RoleFrame      Role = "frame"
	RoleDimension  Role = "dimension"
	RoleFeature    Role = "feature"
	RoleText       Role = "text"

	// Roles of the other kinds of record.
	RoleName   Role = "name"   // a metric's or a frame's
	RoleValue  Role = "value"  // a metric's
	RoleEnd    Role = "end"    // an event's
	RoleKind   Role = "kind"   // an event's
	RoleTitle  Role = "title"  // an event's
	RoleDetail Role = "detail" // an event's
	RoleScope  Role = "scope"  // an event's column=value
	RoleThumb  Role = "thumb"  // a frame's picture, at most 160 pixels a side
	RolePath   Role = "path"   // a frame's
	RoleWidth  Role = "width"  // a frame's, in pixels
	RoleHeight Role = "height" // a frame's, in pixels
)

// Roles are those a person may give to a column.
var Roles = []Role{RoleTime, RoleID, RoleModel, RoleVersion, RolePrediction, RoleConfidence, RoleLabel, RoleCorrect,
	RoleLatency, RoleStatus, RoleVote, RoleReviewer, RoleLabelTime, RoleFrame, RoleDimension, RoleFeature, RoleText,
	RoleName, RoleValue, RoleEnd, RoleKind, RoleTitle, RoleDetail, RoleScope}

// Named reports whether a column of this role takes the role's name in the
// incident file; dimensions, features, texts and votes keep their own.
func (r Role) Named() bool {
	switch r {
	case RoleDimension, RoleFeature, RoleText, RoleVote, RoleScope, "":
		return false
	}
	return true
}

// FramePrefix begins the names of the columns computed from frames, such as
// "frame.luma"; they rank behind logged columns when both tell the same rows.
const FramePrefix = "frame."

// VotePrefix begins the names of ensemble members' columns, such as "vote_a".
const VotePrefix = "vote_"

// Derived reports whether Andon computed the column itself.
func (f Field) Derived() bool { return strings.HasPrefix(f.Name, FramePrefix) }
