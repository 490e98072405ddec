using System.Numerics;
using CsCheck;

namespace Escapement.Host.Tests.Protocols;

[TestClass]
public class RationalTests
{
    [TestMethod]
    [DataRow("42", 42, 1)]
    [DataRow("0", 0, 1)]
    [DataRow("-3", -3, 1)]
    [DataRow("333.25", 1333, 4)]
    [DataRow("0.1", 1, 10)]
    [DataRow("1/7", 1, 7)]
    [DataRow("500000/9", 500000, 9)]
    [DataRow("2/4", 1, 2)]
    [DataRow(" 1.5 / 0.5 ", 3, 1)]
    public void Reads_whole_decimal_and_fraction_exactly(string text, int numerator, int denominator)
    {
        Assert.AreEqual(new Rational(numerator, denominator), Rational.Parse(text));
    }

    [TestMethod]
    [DataRow("NaN", "is not a number")]
    [DataRow(".nan", "is not a number")]
    [DataRow("Infinity", "is not a number")]
    [DataRow("-.inf", "is not a number")]
    [DataRow("1e5", "has an exponent")]
    [DataRow("1.5E-3", "has an exponent")]
    [DataRow("0,5", "contains a comma")]
    [DataRow("1,000", "contains a comma")]
    [DataRow("-0", "is a negative zero")]
    [DataRow("-0.0", "is a negative zero")]
    [DataRow("-0/5", "is a negative zero")]
    [DataRow("1/0", "divides by zero")]
    [DataRow("1/-7", "is not a number")]
    [DataRow("--1", "is not a number")]
    [DataRow("+1", "is not a number")]
    [DataRow("010", "has a leading zero")]
    [DataRow("0x10", "is not a number")]
    [DataRow("1_000", "is not a number")]
    [DataRow("1.", "is not a number")]
    [DataRow(".5", "is not a number")]
    [DataRow("1/2/3", "is not a number")]
    [DataRow("20 ms", "is not a number")]
    [DataRow("\u0663", "is not a number")]
    [DataRow("-", "is not a number")]
    [DataRow("", "is empty")]
    [DataRow("   ", "is empty")]
    [DataRow(null, "is empty")]
    public void Refuses_what_is_not_an_exact_number_and_says_why(string? text, string reason)
    {
        Assert.IsFalse(Rational.TryParse(text, out var value, out var found));
        Assert.AreEqual(Rational.Zero, value);
        StringAssert.StartsWith(found, reason);
    }

    [TestMethod]
    public void Refuses_a_number_longer_than_any_measurement()
    {
        Assert.IsTrue(Rational.TryParse(new string('9', Rational.MaxTextLength), out _, out _));
        Assert.IsFalse(Rational.TryParse(new string('9', Rational.MaxTextLength + 1), out _, out var reason));
        StringAssert.Contains(reason, "64 characters");
    }

    [TestMethod]
    [DataRow("1/2", 1)]
    [DataRow("-1/2", 0)]
    [DataRow("5/2", 3)]
    [DataRow("-5/2", -2)]
    [DataRow("166666.6", 166667)]
    [DataRow("1/3", 0)]
    public void Rounds_halves_up(string text, int expected)
    {
        Assert.AreEqual(new BigInteger(expected), Rational.Parse(text).RoundHalfUp());
    }

    [TestMethod]
    [DataRow("10709500000/9", "1189944444.444")]
    [DataRow("500000/3", "166666.667")]
    [DataRow("333.25", "333.25")]
    [DataRow("1999.9996", "2000")]
    [DataRow("0.0005", "0.001")]
    [DataRow("-1/3", "-0.333")]
    [DataRow("100", "100")]
    public void Prints_at_most_three_places_rounded_half_up(string text, string expected)
    {
        Assert.AreEqual(expected, Rational.Parse(text).ToDecimalString());
    }

    [TestMethod]
    public void Default_value_is_zero()
    {
        Assert.AreEqual(Rational.Zero, default);
        Assert.AreEqual(BigInteger.One, default(Rational).Denominator);
        Assert.AreEqual("0", default(Rational).ToString());
    }

    [TestMethod]
    public void Arithmetic_holds_for_any_fractions()
    {
        var any = Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], Gen.Long[1, 1_000_000], (n, d) => new Rational(n, d));
        Gen.Select(any, any, any).Sample((a, b, c) =>
            a + b - b == a
            && (b.Sign == 0 || a * b / b == a)
            && a * (b + c) == (a * b) + (a * c)
            && Rational.Parse(a.ToString()) == a
            && (a - b).Sign == a.CompareTo(b)
            && a.Floor() <= a && a < a.Floor() + 1 && a <= a.Ceiling()
            && a - new Rational(1, 2) < a.RoundHalfUp() && a.RoundHalfUp() <= a + new Rational(1, 2));
    }
}
