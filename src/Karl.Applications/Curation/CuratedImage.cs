namespace Karl.Applications.Curation;

/// <summary>What was found about an image, and whether it was taken.</summary>
/// <param name="Path">The path as it was given.</param>
/// <param name="Tokens">Tokens that it takes to reach the error asked for.</param>
/// <param name="Bits">The same in bits, without positions.</param>
/// <param name="FileBytes">Length of its file.</param>
/// <param name="Bucket">Which range of token counts it is in, from 0.</param>
/// <param name="Group">Which group of near duplicates it is in, from 0; null where it has none.</param>
/// <param name="IsKept">Whether it stands for its group: the one with the largest file, and the first by path of those. True for images without duplicates.</param>
/// <param name="IsSelected">Whether it is in the subset.</param>
public sealed record CuratedImage(string Path, int Tokens, double Bits, long FileBytes, int Bucket, int? Group, bool IsKept, bool IsSelected);

/// <summary>A range of token counts.</summary>
/// <param name="Least">Fewest tokens.</param>
/// <param name="Most">Most tokens.</param>
/// <param name="Images">Images in it.</param>
/// <param name="Distinct">Those that stand for themselves or for their near duplicates.</param>
/// <param name="Selected">Those in the subset.</param>
public sealed record CurationBucket(int Least, int Most, int Images, int Distinct, int Selected);
