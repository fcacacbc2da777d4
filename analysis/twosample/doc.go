// Package twosample asks of two samples, before and after, whether they come
// from one law, and how far apart they are.
//
//	what is compared            test, and p                    how far
//	counts of categories        ChiSquare, GTest               CramersV, JSD, PSI, Hellinger
//	two shares                  TwoProportions, Fisher,        CohenH, OddsRatio
//	                            McNemar for pairs
//	values, one by one          KolmogorovSmirnov, MannWhitney Wasserstein
//	counts over ordered bins                                  Ordered: KS, AUC and W1
//	means; spreads              WelchT; BrownForsythe
//	many p at once              BenjaminiHochberg, BenjaminiYekutieli, Holm
//
// All take independent rows. A log's rows are not: the diff permutes whole
// blocks of time instead and takes only distances and corrections from here.
package twosample
