using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Images, of one size or of any.</summary>
public sealed class ImageDataViewType : StructuredDataViewType
{
    /// <summary>Pixels down, or 0.</summary>
    public readonly int Height;

    /// <summary>Pixels across, or 0.</summary>
    public readonly int Width;

    /// <summary>Of one size.</summary>
    public ImageDataViewType(int height, int width)
        : base(typeof(MLImage))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        Height = height;
        Width = width;
    }

    /// <summary>Of any size.</summary>
    public ImageDataViewType()
        : base(typeof(MLImage))
    {
    }

    /// <inheritdoc/>
    public override bool Equals(DataViewType? other) => other is ImageDataViewType image && image.Height == Height && image.Width == Width;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Height, Width);

    /// <inheritdoc/>
    public override string ToString() => Height == 0 ? "Image" : $"Image<{Height}, {Width}>";
}

/// <summary>Says that a member is an image.</summary>
public sealed class ImageTypeAttribute : DataViewTypeAttribute
{
    private readonly int _height;
    private readonly int _width;

    /// <summary>Of one size.</summary>
    public ImageTypeAttribute(int height, int width)
    {
        _height = height;
        _width = width;
    }

    internal override DataViewType Type => new ImageDataViewType(_height, _width);
}
