package store

import (
	"context"
	"slices"
	"strings"

	"andon/analysis"
)

// restRole is what a column is when it has no better role: features are
// numbers, dimensions texts of few values.
func restRole(col *column) analysis.Role {
	switch {
	case col.Type != analysis.Text:
		return analysis.RoleFeature
	case col.dict != nil && len(col.dict.values) <= maxClasses:
		return analysis.RoleDimension
	}
	return analysis.RoleText
}

// typeFor is what a column of a type becomes in a role: what is counted by its
// values is text, what is measured a number.
func typeFor(role analysis.Role, now analysis.Type) analysis.Type {
	switch role {
	case analysis.RoleID, analysis.RoleDimension, analysis.RoleText, analysis.RoleModel, analysis.RoleVersion,
		analysis.RoleStatus, analysis.RoleFrame, analysis.RoleReviewer:
		return analysis.Text
	case analysis.RoleConfidence, analysis.RoleLatency, analysis.RoleCorrect, analysis.RoleFeature:
		return analysis.Number
	case analysis.RoleTime, analysis.RoleLabelTime:
		return analysis.Time
	}
	return now
}

// nameFor is the role's name, or the name that the field had before it took a
// role's, or the last segment of its path.
func (r *recasting) nameFor(ctx context.Context, q querier, m move) (string, error) {
	if m.to.Role.Named() {
		return string(m.to.Role), nil
	}
	own := m.column.Name
	if m.from.Role.Named() || m.from.Role == analysis.RoleVote {
		own = lastSegment(m.column.Path)
		var before string
		err := q.QueryRowContext(ctx, `SELECT ifnull((SELECT called FROM recast WHERE path = ? AND was IN ('dimension', 'feature', 'text') ORDER BY id DESC LIMIT 1), '')`, m.column.Path).Scan(&before)
		if err != nil {
			return "", err
		}
		if before != "" {
			own = before
		}
	}
	if m.to.Role == analysis.RoleVote && !strings.HasPrefix(own, analysis.VotePrefix) {
		own = analysis.VotePrefix + own
	}
	return columnName(own, func(folded string) bool {
		if slices.Contains(roleNames, folded) {
			return true
		}
		holder := r.k.inference().find(folded)
		return holder != nil && holder != m.column && !r.moves(holder) ||
			slices.ContainsFunc(r.moved, func(o move) bool { return fold(o.to.Name) == folded })
	}), nil
}

// roleNames are the columns' names that belong to roles.
var roleNames = func() []string {
	var names []string
	for _, role := range analysis.Roles {
		if role.Named() {
			names = append(names, string(role))
		}
	}
	return names
}()

// columns lists the names of what the file has.
func (r *recasting) columns() string {
	var names []string
	for _, col := range r.k.inference().columns {
		if col.filled {
			names = append(names, col.Name)
		}
	}
	return strings.Join(names, ", ")
}

// lastSegment is what a path ends with.
func lastSegment(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }
