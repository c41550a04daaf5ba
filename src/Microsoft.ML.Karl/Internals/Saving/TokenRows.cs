using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>A row with the positions of tokens.</summary>
internal abstract class TokenRow : PayloadRow
{
    public const string PositionsColumn = "Karl.InputPositions";

    [ColumnName(PositionsColumn)]
    public VBuffer<int> Positions { get; set; }
}

/// <summary>Tokens that are codes, as keys: ML.NET wants a number of keys to be named, and does not compare it.</summary>
internal sealed class CodesRow : TokenRow
{
    [ColumnName(InputColumn)]
    [KeyType(1)]
    public VBuffer<uint> Input { get; set; }
}

/// <summary>Tokens that are latents.</summary>
internal sealed class LatentsRow : TokenRow
{
    [ColumnName(InputColumn)]
    public VBuffer<float> Input { get; set; }
}

/// <summary>An image; its size is told afterwards.</summary>
internal sealed class PortableImage
{
    public const string Column = "Karl.Image";

    [ColumnName(Column)]
    [ImageType(1, 1)]
    public MLImage? Image { get; set; }
}
