using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>A row with the payload of its stage.</summary>
internal abstract class PayloadRow
{
    public const string Column = "Karl.Payload";
    public const string InputColumn = "Karl.Input";

    [ColumnName(Column)]
    public VBuffer<ReadOnlyMemory<char>> Payload { get; set; }
}

/// <summary>An image of any size: ML.NET wants a size to be named, and does not compare it.</summary>
internal sealed class ImageRow : PayloadRow
{
    /// <summary>The column's type, which is one object for all that name the same size.</summary>
    public static DataViewType InputType => SchemaDefinition.Create(typeof(ImageRow))[InputColumn].ColumnType;

    [ColumnName(InputColumn)]
    [ImageType(1, 1)]
    public MLImage? Input { get; set; }
}

/// <summary>The path of an image.</summary>
internal sealed class PathRow : PayloadRow
{
    [ColumnName(InputColumn)]
    public ReadOnlyMemory<char> Input { get; set; }
}

/// <summary>An encoded image.</summary>
internal sealed class EncodedRow : PayloadRow
{
    [ColumnName(InputColumn)]
    public VBuffer<byte> Input { get; set; }
}

/// <summary>An image's pixels, or other numbers.</summary>
internal sealed class PixelsRow : PayloadRow
{
    [ColumnName(InputColumn)]
    public VBuffer<float> Input { get; set; }
}
