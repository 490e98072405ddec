using System.Reflection;
using Escapement.Link;

namespace Escapement.Fuzz.Boards;

/// <summary>Compares everything that two supervisors hold, field by field, down to the last array.</summary>
public sealed class Likeness
{
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Dictionary<Type, FieldInfo[]> Fields = [];

    private readonly HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> passedOver;

    /// <param name="passedOver">"Type.field" or "Type" that may differ: what counts or carries bytes, not what decides.</param>
    public Likeness(params string[] passedOver) => this.passedOver = [.. passedOver];

    /// <summary>Where the two differ; null when they do not.</summary>
    public string? Difference(object one, object other)
    {
        seen.Clear();
        return Compare(one, other, one.GetType().Name);
    }

    private string? Compare(object? one, object? other, string path)
    {
        if (one is null || other is null)
        {
            return ReferenceEquals(one, other) ? null : path;
        }

        Type type = one.GetType();
        if (type != other.GetType())
        {
            return path;
        }

        if (type.IsPrimitive || type == typeof(string))
        {
            return one.Equals(other) ? null : $"{path}: {one}, {other}";
        }

        if (passedOver.Contains(type.Name) || type == typeof(StillBoard) || typeof(Delegate).IsAssignableFrom(type) || !seen.Add(one))
        {
            return null;
        }

        return one is Array array ? CompareArrays(array, (Array)other, path) : CompareFields(one, other, type, path);
    }

    private string? CompareFields(object one, object other, Type type, string path)
    {
        foreach (FieldInfo field in FieldsOf(type))
        {
            if (!passedOver.Contains($"{type.Name}.{field.Name}") && Compare(field.GetValue(one), field.GetValue(other), $"{path}.{field.Name}") is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private string? CompareArrays(Array one, Array other, string path)
    {
        if (one is byte[] bytes)
        {
            return bytes.AsSpan().SequenceEqual((byte[])other) ? null : path;
        }

        if (one is long[] longs)
        {
            return longs.AsSpan().SequenceEqual((long[])other) ? null : path;
        }

        if (one is int[] ints)
        {
            return ints.AsSpan().SequenceEqual((int[])other) ? null : path;
        }

        for (int i = 0; i < one.Length; i++)
        {
            if (Compare(one.GetValue(i), other.GetValue(i), $"{path}[{i}]") is { } found)
            {
                return found;
            }
        }

        return one.Length == other.Length ? null : path;
    }

    private static FieldInfo[] FieldsOf(Type type)
    {
        lock (Fields)
        {
            if (!Fields.TryGetValue(type, out FieldInfo[]? fields))
            {
                fields = type.GetFields(All);
                Fields[type] = fields;
            }

            return fields;
        }
    }

    /// <summary>The link's end of a supervisor, which it keeps to itself.</summary>
    public static HarpEndpoint EndpointOf(Runtime.Supervisor supervisor) =>
        (HarpEndpoint)typeof(Runtime.Supervisor).GetFields(All).Single(field => field.FieldType == typeof(HarpEndpoint)).GetValue(supervisor)!;
}
