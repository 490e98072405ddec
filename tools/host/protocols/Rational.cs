using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Escapement.Host;

/// <summary>An exact fraction, always in lowest terms with a positive denominator. Time on the host is made of these, never of doubles.</summary>
public readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    /// <summary>Longest text that <see cref="TryParse"/> looks at; a longer number is a mistake, not a measurement.</summary>
    public const int MaxTextLength = 64;

    private readonly BigInteger denominator;

    /// <summary>numerator / denominator, reduced.</summary>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException("A fraction needs a denominator other than zero.");
        }

        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        this.denominator = denominator / divisor;
    }

    /// <summary>Zero.</summary>
    public static Rational Zero => default;

    /// <summary>One.</summary>
    public static Rational One => new(1, 1);

    /// <summary>The part above the line; carries the sign.</summary>
    public BigInteger Numerator { get; }

    /// <summary>The part below the line; at least 1.</summary>
    public BigInteger Denominator => denominator.IsZero ? BigInteger.One : denominator;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => Numerator.Sign;

    /// <summary>True when there is no fractional part.</summary>
    public bool IsWhole => Denominator.IsOne;

    /// <summary>A whole number as a fraction.</summary>
    public static implicit operator Rational(long value) => new(value, BigInteger.One);

    /// <summary>A whole number as a fraction.</summary>
    public static implicit operator Rational(BigInteger value) => new(value, BigInteger.One);

    /// <summary>Sum.</summary>
    public static Rational operator +(Rational a, Rational b) => new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    /// <summary>Difference.</summary>
    public static Rational operator -(Rational a, Rational b) => new((a.Numerator * b.Denominator) - (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    /// <summary>Product.</summary>
    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    /// <summary>Quotient.</summary>
    public static Rational operator /(Rational a, Rational b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    /// <summary>Equal values.</summary>
    public static bool operator ==(Rational a, Rational b) => a.Equals(b);

    /// <summary>Different values.</summary>
    public static bool operator !=(Rational a, Rational b) => !a.Equals(b);

    /// <summary>Less than.</summary>
    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    /// <summary>Greater than.</summary>
    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    /// <summary>At most.</summary>
    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;

    /// <summary>At least.</summary>
    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;

    /// <summary>
    /// Reads "500000/9", "333.25" or "42" exactly. Refused: signs in the denominator, negative zero, exponents, commas,
    /// leading zeros (some readers take them for octal), NaN, infinity, anything longer than <see cref="MaxTextLength"/>.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Rational value, [NotNullWhen(false)] out string? reason)
    {
        value = Zero;
        reason = null;
        var body = text?.Trim(' ') ?? "";
        if (body.Length == 0)
        {
            reason = "is empty";
        }
        else if (body.Length > MaxTextLength)
        {
            reason = $"has more than {MaxTextLength} characters";
        }
        else
        {
            reason = ParseSigned(body, ref value);
        }

        return reason is null;
    }

    /// <summary>As <see cref="TryParse"/>, for text that is known to be good.</summary>
    /// <exception cref="FormatException">The text is not an exact number.</exception>
    public static Rational Parse(string text) =>
        TryParse(text, out var value, out var reason) ? value : throw new FormatException($"'{text}' {reason}.");

    /// <summary>The nearest whole number, halves up: floor(value + 1/2).</summary>
    public BigInteger RoundHalfUp() => FloorDivide((2 * Numerator) + Denominator, 2 * Denominator);

    /// <summary>The largest whole number that is not above the value.</summary>
    public BigInteger Floor() => FloorDivide(Numerator, Denominator);

    /// <summary>The smallest whole number that is not below the value.</summary>
    public BigInteger Ceiling() => -FloorDivide(-Numerator, Denominator);

    /// <summary>The value in decimal, rounded half up to at most three places, without trailing zeros ("55555.556", "100").</summary>
    public string ToDecimalString()
    {
        var thousandths = (this * 1000).RoundHalfUp();
        var whole = BigInteger.DivRem(BigInteger.Abs(thousandths), 1000, out var rest);
        var sign = thousandths.Sign < 0 ? "-" : "";
        return rest.IsZero ? $"{sign}{whole}" : $"{sign}{whole}.{(int)rest:000}".TrimEnd('0');
    }

    /// <summary>A double close by, for drawing only.</summary>
    public double ToDouble()
    {
        var whole = Floor();
        var rest = this - whole;
        return (double)whole + ((double)rest.Numerator / (double)rest.Denominator);
    }

    /// <summary>The exact value, "n" or "n/d".</summary>
    public override string ToString() => IsWhole ? Numerator.ToString() : $"{Numerator}/{Denominator}";

    /// <inheritdoc/>
    public int CompareTo(Rational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(Rational other) => Numerator == other.Numerator && Denominator == other.Denominator;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    private static BigInteger FloorDivide(BigInteger a, BigInteger positive)
    {
        var quotient = BigInteger.DivRem(a, positive, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    private static string? ParseSigned(string body, ref Rational value)
    {
        var negative = body[0] == '-';
        var slash = body.IndexOf('/', StringComparison.Ordinal);
        var top = (slash < 0 ? body : body[..slash])[(negative ? 1 : 0)..].Trim(' ');
        var bottom = slash < 0 ? "1" : body[(slash + 1)..].Trim(' ');
        var divisor = One;
        var reason = ParseUnsigned(top, out var number) ?? ParseUnsigned(bottom, out divisor);
        if (reason is not null)
        {
            return reason;
        }

        if (divisor.Sign == 0)
        {
            return "divides by zero";
        }

        if (negative && number.Sign == 0)
        {
            return "is a negative zero";
        }

        value = (negative ? -1 : 1) * number / divisor;
        return null;
    }

    private static string? ParseUnsigned(string text, out Rational value)
    {
        value = Zero;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var places = point < 0 ? "" : text[(point + 1)..];
        if (!IsDigits(whole) || (point >= 0 && !IsDigits(places)))
        {
            return Complaint(text);
        }

        if (whole.Length > 1 && whole[0] == '0')
        {
            return "has a leading zero";
        }

        value = new Rational(BigInteger.Parse(whole + places, CultureInfo.InvariantCulture), BigInteger.Pow(10, places.Length));
        return null;
    }

    private static string Complaint(string text) => text switch
    {
        _ when text.Contains(',', StringComparison.Ordinal) => "contains a comma (write a decimal point, and no separators between thousands)",
        _ when text.Length > 1 && char.IsAsciiDigit(text[0]) && text.AsSpan().IndexOfAny('e', 'E') > 0 => "has an exponent (write the number out)",
        _ => "is not a number",
    };

    private static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
