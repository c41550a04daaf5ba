namespace Karl.Applications.Curation.Internals;

/// <summary>What is kept of an image while others are read.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Tokens">Tokens that it needs.</param>
/// <param name="Bits">The same in bits.</param>
/// <param name="FileBytes">Length of the file.</param>
/// <param name="Words">The whole budget's tokens, a number each: see <see cref="TokenWords"/>.</param>
/// <param name="Means">Its colours, coarsely: see <see cref="BlockMeans"/>.</param>
internal sealed record SeenImage(string Path, int Tokens, double Bits, long FileBytes, int[] Words, byte[] Means);
