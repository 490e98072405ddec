namespace Escapement.Fuzz;

/// <summary>
/// Something that takes inputs, and the properties that must hold. Inputs come in sessions: within one the state carries over, and a
/// session depends on seed and number alone, so every input can be played again by itself.
/// </summary>
public interface IFuzzTarget
{
    string Name { get; }

    int InputsPerSession { get; }

    /// <summary>The bytes of the last input.</summary>
    ReadOnlySpan<byte> Input { get; }

    /// <summary>What became of it, in words.</summary>
    string Outcome { get; }

    void BeginSession(ulong seed, long session);

    /// <summary>Makes the next input, gives it, and checks. Throws when a property does not hold.</summary>
    void Try();

    /// <summary>Checks what can be seen only now and then.</summary>
    void EndSession();
}

/// <summary>A property does not hold.</summary>
public sealed class ViolationException(string message) : Exception(message)
{
    public static void Unless(bool holds, string what)
    {
        if (!holds)
        {
            throw new ViolationException(what);
        }
    }
}
