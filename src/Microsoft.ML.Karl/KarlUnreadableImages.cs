namespace Microsoft.ML.Karl;

/// <summary>What becomes of a row whose image cannot be read.</summary>
public enum KarlUnreadableImages
{
    /// <summary>Reading a column of the stage throws in that row, and says which column and why. Other rows are not touched.</summary>
    Throw,

    /// <summary>The row stays, with missing values as for a missing image; <see cref="KarlImageOptions.ErrorColumnName"/> says why.</summary>
    Mark,
}
