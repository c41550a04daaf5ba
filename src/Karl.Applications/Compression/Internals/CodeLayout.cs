using System.Numerics;

namespace Karl.Applications.Compression.Internals;

/// <summary>How codes and positions are grouped so that what is counted stays bounded, whatever the codebook.</summary>
internal sealed class CodeLayout
{
    private const int MostSymbolBits = 14, MostCountBits = 20;

    /// <summary>Lays out.</summary>
    /// <param name="codebook">Entries of the codebook, at least 1.</param>
    /// <param name="positions">The model's largest budget.</param>
    public CodeLayout(int codebook, int positions)
    {
        int bits = BitOperations.Log2((uint)codebook - 1 | 1) + 1;
        PlainBits = Math.Max(0, bits - MostSymbolBits);
        Symbols = (int)(((long)codebook + (1L << PlainBits) - 1) >> PlainBits);
        Depth = bits - PlainBits;
        Groups = Math.Clamp(1 << (MostCountBits - Depth), 1, positions);
        Positions = positions;
    }

    /// <summary>Lowest bits of a code that are not modelled; 0 up to 16384 codes.</summary>
    public int PlainBits { get; }

    /// <summary>Different values of the rest.</summary>
    public int Symbols { get; }

    /// <summary>Bits of the rest.</summary>
    public int Depth { get; }

    /// <summary>Groups of neighbouring positions with counts of their own; each position is one where a million counts are enough for that.</summary>
    public int Groups { get; }

    /// <summary>The model's largest budget.</summary>
    public int Positions { get; }

    /// <summary>The group of a position.</summary>
    public int GroupOf(int position) => (int)((long)position * Groups / Positions);
}
