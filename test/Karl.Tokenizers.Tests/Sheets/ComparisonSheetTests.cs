using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sheets;
using Karl.Tokenizers.Tests.Imaging;

namespace Karl.Tokenizers.Tests.Sheets;

[TestClass]
public sealed class ComparisonSheetTests
{
    private static readonly SheetOptions NoEnlargement = new() { SmallestSide = 1 };

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(7)]
    public void Draw_AnyNumberOfPairs_ShowsEachImageOnceUnchanged(int count)
    {
        SheetEntry[] entries = [.. Enumerable.Range(0, count).Select(index => Entry(index, TestImages.Noise(40, 40, 100 + index)))];
        RgbImage sheet = ComparisonSheet.Draw(entries, NoEnlargement);
        List<(int Left, int Top)> places = [];
        foreach (SheetEntry entry in entries)
        {
            (int Left, int Top) original = Find(sheet, entry.Original!), reconstruction = Find(sheet, entry.Reconstruction);
            Assert.AreEqual(original.Top, reconstruction.Top, "side by side");
            Assert.IsGreaterThanOrEqualTo(original.Left + 40, reconstruction.Left, "original on the left");
            places.Add(original);
        }

        CollectionAssert.AreEqual(places.OrderBy(place => (place.Top, place.Left)).ToList(), places, "row after row, in order");
        Assert.HasCount(Math.Min(3, count), places.Select(place => place.Left).Distinct());
    }

    [TestMethod]
    public void Draw_SmallImages_EnlargesByAWholeFactor()
    {
        RgbImage image = TestImages.Noise(32, 32);
        RgbImage sheet = ComparisonSheet.Draw([new SheetEntry(null, image, "x")], new SheetOptions { SmallestSide = 60 });
        RgbImage twice = new(64, 64);
        for (int y = 0; y < 64; y++)
        {
            for (int x = 0; x < 64; x++)
            {
                image.Row(y / 2).Slice(x / 2 * 3, 3).CopyTo(twice.Row(y)[(x * 3)..]);
            }
        }

        Assert.IsGreaterThan(0, Find(sheet, twice).Left);
    }

    [TestMethod]
    public void Draw_WithoutAnOriginal_PutsAPlaceholderThere()
    {
        RgbImage image = TestImages.Noise(256, 256);
        RgbImage sheet = ComparisonSheet.Draw([new SheetEntry(null, image, "x")]);
        (int left, int top) = Find(sheet, image);
        Assert.AreEqual(238, sheet.Row(top)[(left - 250) * 3], "a grey field on the left");
        Assert.IsTrue(sheet.Row(top + 128).Slice((left - 250) * 3, 240 * 3).ContainsAnyInRange((byte)0, (byte)160), "with a text");
    }

    [TestMethod]
    public void Draw_CaptionOfAnyText_StaysBelowItsPair()
    {
        RgbImage white = new(220, 60);
        white.Pixels.Span.Fill(255);
        string hostile = string.Concat(Enumerable.Repeat("\0\n\u00e4\ud83d\ude00 W", 100_000));
        SheetEntry[] entries = [new(white, white, hostile, hostile, hostile), new(white, white, "")];
        RgbImage sheet = ComparisonSheet.Draw(entries, new SheetOptions { SmallestSide = 1, Columns = 2 });
        int between = 24 + 446;
        for (int y = 0; y < sheet.Height; y++)
        {
            Assert.IsFalse(sheet.Row(y).Slice((between + 3) * 3, 26 * 3).ContainsAnyExcept((byte)255), $"row {y} between the columns");
            Assert.IsFalse(sheet.Row(y)[^(20 * 3)..].ContainsAnyExcept((byte)255), $"row {y} at the right edge");
        }
    }

    [TestMethod]
    public void Draw_WhatCannotBe_SaysWhy()
    {
        Assert.ThrowsExactly<ArgumentException>(() => ComparisonSheet.Draw([]));
        RgbImage small = new(20, 20), large = new(30, 20);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => ComparisonSheet.Draw([new(small, small, "a"), new(large, small, "b")])).Message, "'b' is 30 x 20");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ComparisonSheet.Draw([new(small, small, "a")], new SheetOptions { Columns = 0 }));
    }

    [TestMethod]
    public void Draw_TwoTimes_GivesTheSameBytes()
    {
        SheetEntry[] entries = [Entry(1, TestImages.Waves(64, 64)), Entry(2, TestImages.Waves(64, 64, seed: 2))];
        CollectionAssert.AreEqual(
            ComparisonSheet.Draw(entries).Pixels.ToArray(),
            ComparisonSheet.Draw(entries).Pixels.ToArray());
    }

    private static SheetEntry Entry(int index, RgbImage image) =>
        new(image, TestImages.Noise(image.Width, image.Height, 1000 + index), $"photos/{index}.jpg", "57 tokens", "L1 0.0312", "PSNR 27.41", "SSIM 0.913");

    private static (int Left, int Top) Find(RgbImage sheet, RgbImage image)
    {
        for (int top = 0; top + image.Height <= sheet.Height; top++)
        {
            for (int at = 0; ;)
            {
                int found = sheet.Row(top)[(at * 3)..].IndexOf(image.Row(0));
                if (found < 0)
                {
                    break;
                }

                int left = at + (found / 3);
                if (found % 3 == 0 && Enumerable.Range(0, image.Height).All(y => sheet.Row(top + y)[(left * 3)..].StartsWith(image.Row(y))))
                {
                    return (left, top);
                }

                at = left + 1;
            }
        }

        Assert.Fail("The image is not on the sheet.");
        return default;
    }
}
