namespace Escapement.Simulation;

/// <summary>A program to upload.</summary>
/// <param name="Name">What it is, in words.</param>
/// <param name="Image">Its bytes.</param>
/// <param name="IsGood">Whether the reference board must play it to its end when nothing goes wrong.</param>
/// <param name="SpanUs">Roughly how long it lasts, in microseconds.</param>
public sealed record TestProgram(string Name, byte[] Image, bool IsGood, long SpanUs);
