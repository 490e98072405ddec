using System.Reflection;
using Escapement.Esp32;

namespace Escapement.Faults.Tests;

/// <summary>The firmware as its Main runs it, with its memory open: a debugger that changes a word, or the bit that flips by itself.</summary>
internal sealed class OpenFirmware
{
    private static readonly Action<int> sleepMs = FindSleep();
    private object? root;

    /// <summary>What the board runs instead of Program.Main; a board that breaks down does not restart here.</summary>
    public void Main()
    {
        BoardProfile profile = BoardProfiles.All().Single(one => one.Id == "esp32-s3-devkitc-1");
        profile.Figures.IsVirtual = true;
        Board board = new(profile);
        sleepMs(1_000);
        board.Build();
        root = board;
        while (true)
        {
            board.Pass();
            sleepMs(Program.PassMs);
        }
    }

    /// <summary>The first object of a type that the board reaches, by the type's name.</summary>
    public object Find(string type)
    {
        Queue<object> open = new([root ?? throw new InvalidOperationException("The board has not booted.")]);
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        while (open.TryDequeue(out object? one))
        {
            if (!seen.Add(one)) { continue; }
            if (one.GetType().Name == type) { return one; }
            foreach (FieldInfo field in one.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            {
                bool ours = field.FieldType.Namespace?.StartsWith("Escapement", StringComparison.Ordinal) == true && field.FieldType.Namespace != "Escapement.Chip";
                if (ours && !field.FieldType.IsValueType && field.GetValue(one) is { } next) { open.Enqueue(next); }
            }
        }

        throw new InvalidOperationException($"The board reaches no {type}.");
    }

    /// <summary>A field of an object, by its name.</summary>
    public static object? Get(object owner, string field) => Field(owner, field).GetValue(owner);

    /// <summary>Flips a bit of a field that holds a whole number.</summary>
    public static void Flip(object owner, string field, int bit)
    {
        FieldInfo at = Field(owner, field);
        at.SetValue(owner, at.GetValue(owner) switch
        {
            int value => (object)(value ^ (1 << bit)),
            uint value => value ^ (1u << bit),
            long value => value ^ (1L << bit),
            object other => throw new InvalidOperationException($"{field} holds a {other.GetType().Name}."),
            null => throw new InvalidOperationException($"{field} holds nothing."),
        });
    }

    private static FieldInfo Field(object owner, string field) =>
        owner.GetType().GetField(field, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) ?? throw new InvalidOperationException($"{owner.GetType().Name} has no {field}.");

    // The firmware's own file of that name is the one that the simulated chip replaces; it is no part of what this project may name.
    private static Action<int> FindSleep()
    {
        Type pause = Type.GetType("Escapement.Esp32.Pause, Escapement.Chip") ?? throw new InvalidOperationException("The chip has no Pause.");
        return pause.GetMethod("SleepMs")!.CreateDelegate<Action<int>>();
    }
}
