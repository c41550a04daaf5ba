namespace Karl.Tokenizers.Families;

/// <summary>What bundles call the model families; see <c>docs/families.md</c>.</summary>
public static class FamilyNames
{
    /// <summary>KARL (arXiv 2507.07995): one run of the encoder says which tokens are not needed.</summary>
    public const string Karl = "karl";

    /// <summary>ALIT (arXiv 2411.02393): the encoder runs in rounds, each of which adds tokens.</summary>
    public const string Alit = "alit";

    /// <summary>One-D-Piece (arXiv 2501.10064) and its parent of fixed length, TiTok: any first tokens can be decoded.</summary>
    public const string OneDPiece = "one-d-piece";
}
