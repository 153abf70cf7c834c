unit System.Net.Mime;

{ What samples use of Delphi's multipart forms, written from their public reference. Nothing here does anything. }

interface

uses
  Classes;

type
  TMultipartFormData = class
  private
    FStream: TMemoryStream;
    function GetMimeTypeHeader: string;
  public
    procedure AddField(const AField, AValue: string; const AContentType: string = '');
    procedure AddFile(const AFieldName, AFilePath: string; const AContentType: string = '');
    property Stream: TMemoryStream read FStream;
    property MimeTypeHeader: string read GetMimeTypeHeader;
  end;

implementation

function TMultipartFormData.GetMimeTypeHeader: string;
begin
  Result := '';
end;

procedure TMultipartFormData.AddField(const AField, AValue: string; const AContentType: string);
begin
end;

procedure TMultipartFormData.AddFile(const AFieldName, AFilePath: string; const AContentType: string);
begin
end;

end.
