unit Chilkat_TLB;

{ Declarations of the Chilkat ActiveX classes, as far as samples use them, written from Chilkat's public reference.
 Free Pascal compiles samples against them; nothing here does anything. }

interface

uses
  Classes;

type
  IChilkatHttp = interface;
  IChilkatHttpRequest = interface;
  IChilkatHttpResponse = interface;
  IChilkatJsonObject = interface;
  IChilkatStringBuilder = interface;
  IChilkatBinData = interface;

  IChilkatHttp = interface(IUnknown)
    function UrlEncode(const str: WideString): WideString;
    procedure SetRequestHeader(const headerFieldName: WideString; const headerFieldValue: WideString);
    function QuickRequest(const verb: WideString; const url: WideString): IChilkatHttpResponse;
    function QuickRequestParams(const verb: WideString; const url: WideString; const json: IChilkatJsonObject): IChilkatHttpResponse;
    function PText(const verb: WideString; const url: WideString; const textData: WideString; const charset: WideString; const contentType: WideString; md5: Integer; gzip: Integer): IChilkatHttpResponse;
    function PBinaryBd(const verb: WideString; const url: WideString; const data: IChilkatBinData; const contentType: WideString; md5: Integer; gzip: Integer): IChilkatHttpResponse;
    function HttpReq(const url: WideString; const request: IChilkatHttpRequest; const response: IChilkatHttpResponse): Integer;
    function Get_LastMethodSuccess: Integer;
    procedure Set_LastMethodSuccess(const value: Integer);
    function Get_LastErrorText: WideString;
    procedure Set_LastErrorText(const value: WideString);
    function Get_AuthToken: WideString;
    procedure Set_AuthToken(const value: WideString);
    function Get_Login: WideString;
    procedure Set_Login(const value: WideString);
    function Get_Password: WideString;
    procedure Set_Password(const value: WideString);
    function Get_BasicAuth: Integer;
    procedure Set_BasicAuth(const value: Integer);
    function Get_DigestAuth: Integer;
    procedure Set_DigestAuth(const value: Integer);
    property LastMethodSuccess: Integer read Get_LastMethodSuccess write Set_LastMethodSuccess;
    property LastErrorText: WideString read Get_LastErrorText write Set_LastErrorText;
    property AuthToken: WideString read Get_AuthToken write Set_AuthToken;
    property Login: WideString read Get_Login write Set_Login;
    property Password: WideString read Get_Password write Set_Password;
    property BasicAuth: Integer read Get_BasicAuth write Set_BasicAuth;
    property DigestAuth: Integer read Get_DigestAuth write Set_DigestAuth;
  end;

  IChilkatHttpRequest = interface(IUnknown)
    procedure AddHeader(const name: WideString; const value: WideString);
    procedure AddParam(const name: WideString; const value: WideString);
    function AddStringForUpload2(const name: WideString; const filename: WideString; const strData: WideString; const charset: WideString; const contentType: WideString): Integer;
    function AddFileForUpload2(const name: WideString; const path: WideString; const contentType: WideString): Integer;
    function Get_LastMethodSuccess: Integer;
    procedure Set_LastMethodSuccess(const value: Integer);
    function Get_LastErrorText: WideString;
    procedure Set_LastErrorText(const value: WideString);
    function Get_HttpVerb: WideString;
    procedure Set_HttpVerb(const value: WideString);
    function Get_ContentType: WideString;
    procedure Set_ContentType(const value: WideString);
    property LastMethodSuccess: Integer read Get_LastMethodSuccess write Set_LastMethodSuccess;
    property LastErrorText: WideString read Get_LastErrorText write Set_LastErrorText;
    property HttpVerb: WideString read Get_HttpVerb write Set_HttpVerb;
    property ContentType: WideString read Get_ContentType write Set_ContentType;
  end;

  IChilkatHttpResponse = interface(IUnknown)
    function GetBodySb(const sb: IChilkatStringBuilder): Integer;
    function Get_LastMethodSuccess: Integer;
    procedure Set_LastMethodSuccess(const value: Integer);
    function Get_LastErrorText: WideString;
    procedure Set_LastErrorText(const value: WideString);
    function Get_StatusCode: Integer;
    procedure Set_StatusCode(const value: Integer);
    function Get_Header: WideString;
    procedure Set_Header(const value: WideString);
    function Get_BodyStr: WideString;
    procedure Set_BodyStr(const value: WideString);
    property LastMethodSuccess: Integer read Get_LastMethodSuccess write Set_LastMethodSuccess;
    property LastErrorText: WideString read Get_LastErrorText write Set_LastErrorText;
    property StatusCode: Integer read Get_StatusCode write Set_StatusCode;
    property Header: WideString read Get_Header write Set_Header;
    property BodyStr: WideString read Get_BodyStr write Set_BodyStr;
  end;

  IChilkatJsonObject = interface(IUnknown)
    function LoadSb(const sb: IChilkatStringBuilder): Integer;
    function Emit: WideString;
    function StringOf(const jsonPath: WideString): WideString;
    function IntOf(const jsonPath: WideString): Integer;
    function BoolOf(const jsonPath: WideString): Integer;
    function SizeOfArray(const jsonPath: WideString): Integer;
    function AddStringAt(index: Integer; const name: WideString; const value: WideString): Integer;
    function UpdateString(const jsonPath: WideString; const value: WideString): Integer;
    function UpdateInt(const jsonPath: WideString; value: Integer): Integer;
    function UpdateNumber(const jsonPath: WideString; const numericStr: WideString): Integer;
    function UpdateBool(const jsonPath: WideString; value: Integer): Integer;
    function UpdateNull(const jsonPath: WideString): Integer;
    function UpdateNewArray(const jsonPath: WideString): Integer;
    function UpdateNewObject(const jsonPath: WideString): Integer;
    function Get_LastMethodSuccess: Integer;
    procedure Set_LastMethodSuccess(const value: Integer);
    function Get_LastErrorText: WideString;
    procedure Set_LastErrorText(const value: WideString);
    function Get_EmitCompact: Integer;
    procedure Set_EmitCompact(const value: Integer);
    function Get_I: Integer;
    procedure Set_I(const value: Integer);
    function Get_J: Integer;
    procedure Set_J(const value: Integer);
    function Get_K: Integer;
    procedure Set_K(const value: Integer);
    property LastMethodSuccess: Integer read Get_LastMethodSuccess write Set_LastMethodSuccess;
    property LastErrorText: WideString read Get_LastErrorText write Set_LastErrorText;
    property EmitCompact: Integer read Get_EmitCompact write Set_EmitCompact;
    property I: Integer read Get_I write Set_I;
    property J: Integer read Get_J write Set_J;
    property K: Integer read Get_K write Set_K;
  end;

  IChilkatStringBuilder = interface(IUnknown)
    function GetAsString: WideString;
    function Append(const value: WideString): Integer;
    function Prepend(const value: WideString): Integer;
    function LoadFile(const path: WideString; const charset: WideString): Integer;
    function Get_LastMethodSuccess: Integer;
    procedure Set_LastMethodSuccess(const value: Integer);
    function Get_LastErrorText: WideString;
    procedure Set_LastErrorText(const value: WideString);
    property LastMethodSuccess: Integer read Get_LastMethodSuccess write Set_LastMethodSuccess;
    property LastErrorText: WideString read Get_LastErrorText write Set_LastErrorText;
  end;

  IChilkatBinData = interface(IUnknown)
    function LoadFile(const path: WideString): Integer;
    function Get_LastMethodSuccess: Integer;
    procedure Set_LastMethodSuccess(const value: Integer);
    function Get_LastErrorText: WideString;
    procedure Set_LastErrorText(const value: WideString);
    property LastMethodSuccess: Integer read Get_LastMethodSuccess write Set_LastMethodSuccess;
    property LastErrorText: WideString read Get_LastErrorText write Set_LastErrorText;
  end;

  TChilkatHttp = class(TComponent)
  private
    FControlInterface: IChilkatHttp;
    FLastMethodSuccess: Integer;
    FLastErrorText: WideString;
    FAuthToken: WideString;
    FLogin: WideString;
    FPassword: WideString;
    FBasicAuth: Integer;
    FDigestAuth: Integer;
  public
    function UrlEncode(const str: WideString): WideString;
    procedure SetRequestHeader(const headerFieldName: WideString; const headerFieldValue: WideString);
    function QuickRequest(const verb: WideString; const url: WideString): IChilkatHttpResponse;
    function QuickRequestParams(const verb: WideString; const url: WideString; const json: IChilkatJsonObject): IChilkatHttpResponse;
    function PText(const verb: WideString; const url: WideString; const textData: WideString; const charset: WideString; const contentType: WideString; md5: Integer; gzip: Integer): IChilkatHttpResponse;
    function PBinaryBd(const verb: WideString; const url: WideString; const data: IChilkatBinData; const contentType: WideString; md5: Integer; gzip: Integer): IChilkatHttpResponse;
    function HttpReq(const url: WideString; const request: IChilkatHttpRequest; const response: IChilkatHttpResponse): Integer;
    property LastMethodSuccess: Integer read FLastMethodSuccess write FLastMethodSuccess;
    property LastErrorText: WideString read FLastErrorText write FLastErrorText;
    property AuthToken: WideString read FAuthToken write FAuthToken;
    property Login: WideString read FLogin write FLogin;
    property Password: WideString read FPassword write FPassword;
    property BasicAuth: Integer read FBasicAuth write FBasicAuth;
    property DigestAuth: Integer read FDigestAuth write FDigestAuth;
    property ControlInterface: IChilkatHttp read FControlInterface;
  end;

  TChilkatHttpRequest = class(TComponent)
  private
    FControlInterface: IChilkatHttpRequest;
    FLastMethodSuccess: Integer;
    FLastErrorText: WideString;
    FHttpVerb: WideString;
    FContentType: WideString;
  public
    procedure AddHeader(const name: WideString; const value: WideString);
    procedure AddParam(const name: WideString; const value: WideString);
    function AddStringForUpload2(const name: WideString; const filename: WideString; const strData: WideString; const charset: WideString; const contentType: WideString): Integer;
    function AddFileForUpload2(const name: WideString; const path: WideString; const contentType: WideString): Integer;
    property LastMethodSuccess: Integer read FLastMethodSuccess write FLastMethodSuccess;
    property LastErrorText: WideString read FLastErrorText write FLastErrorText;
    property HttpVerb: WideString read FHttpVerb write FHttpVerb;
    property ContentType: WideString read FContentType write FContentType;
    property ControlInterface: IChilkatHttpRequest read FControlInterface;
  end;

  TChilkatHttpResponse = class(TComponent)
  private
    FControlInterface: IChilkatHttpResponse;
    FLastMethodSuccess: Integer;
    FLastErrorText: WideString;
    FStatusCode: Integer;
    FHeader: WideString;
    FBodyStr: WideString;
  public
    function GetBodySb(const sb: IChilkatStringBuilder): Integer;
    property LastMethodSuccess: Integer read FLastMethodSuccess write FLastMethodSuccess;
    property LastErrorText: WideString read FLastErrorText write FLastErrorText;
    property StatusCode: Integer read FStatusCode write FStatusCode;
    property Header: WideString read FHeader write FHeader;
    property BodyStr: WideString read FBodyStr write FBodyStr;
    property ControlInterface: IChilkatHttpResponse read FControlInterface;
  end;

  TChilkatJsonObject = class(TComponent)
  private
    FControlInterface: IChilkatJsonObject;
    FLastMethodSuccess: Integer;
    FLastErrorText: WideString;
    FEmitCompact: Integer;
    FI: Integer;
    FJ: Integer;
    FK: Integer;
  public
    function LoadSb(const sb: IChilkatStringBuilder): Integer;
    function Emit: WideString;
    function StringOf(const jsonPath: WideString): WideString;
    function IntOf(const jsonPath: WideString): Integer;
    function BoolOf(const jsonPath: WideString): Integer;
    function SizeOfArray(const jsonPath: WideString): Integer;
    function AddStringAt(index: Integer; const name: WideString; const value: WideString): Integer;
    function UpdateString(const jsonPath: WideString; const value: WideString): Integer;
    function UpdateInt(const jsonPath: WideString; value: Integer): Integer;
    function UpdateNumber(const jsonPath: WideString; const numericStr: WideString): Integer;
    function UpdateBool(const jsonPath: WideString; value: Integer): Integer;
    function UpdateNull(const jsonPath: WideString): Integer;
    function UpdateNewArray(const jsonPath: WideString): Integer;
    function UpdateNewObject(const jsonPath: WideString): Integer;
    property LastMethodSuccess: Integer read FLastMethodSuccess write FLastMethodSuccess;
    property LastErrorText: WideString read FLastErrorText write FLastErrorText;
    property EmitCompact: Integer read FEmitCompact write FEmitCompact;
    property I: Integer read FI write FI;
    property J: Integer read FJ write FJ;
    property K: Integer read FK write FK;
    property ControlInterface: IChilkatJsonObject read FControlInterface;
  end;

  TChilkatStringBuilder = class(TComponent)
  private
    FControlInterface: IChilkatStringBuilder;
    FLastMethodSuccess: Integer;
    FLastErrorText: WideString;
  public
    function GetAsString: WideString;
    function Append(const value: WideString): Integer;
    function Prepend(const value: WideString): Integer;
    function LoadFile(const path: WideString; const charset: WideString): Integer;
    property LastMethodSuccess: Integer read FLastMethodSuccess write FLastMethodSuccess;
    property LastErrorText: WideString read FLastErrorText write FLastErrorText;
    property ControlInterface: IChilkatStringBuilder read FControlInterface;
  end;

  TChilkatBinData = class(TComponent)
  private
    FControlInterface: IChilkatBinData;
    FLastMethodSuccess: Integer;
    FLastErrorText: WideString;
  public
    function LoadFile(const path: WideString): Integer;
    property LastMethodSuccess: Integer read FLastMethodSuccess write FLastMethodSuccess;
    property LastErrorText: WideString read FLastErrorText write FLastErrorText;
    property ControlInterface: IChilkatBinData read FControlInterface;
  end;

implementation

function TChilkatHttp.UrlEncode(const str: WideString): WideString;
begin
  Result := '';
end;

procedure TChilkatHttp.SetRequestHeader(const headerFieldName: WideString; const headerFieldValue: WideString);
begin
end;

function TChilkatHttp.QuickRequest(const verb: WideString; const url: WideString): IChilkatHttpResponse;
begin
  Result := nil;
end;

function TChilkatHttp.QuickRequestParams(const verb: WideString; const url: WideString; const json: IChilkatJsonObject): IChilkatHttpResponse;
begin
  Result := nil;
end;

function TChilkatHttp.PText(const verb: WideString; const url: WideString; const textData: WideString; const charset: WideString; const contentType: WideString; md5: Integer; gzip: Integer): IChilkatHttpResponse;
begin
  Result := nil;
end;

function TChilkatHttp.PBinaryBd(const verb: WideString; const url: WideString; const data: IChilkatBinData; const contentType: WideString; md5: Integer; gzip: Integer): IChilkatHttpResponse;
begin
  Result := nil;
end;

function TChilkatHttp.HttpReq(const url: WideString; const request: IChilkatHttpRequest; const response: IChilkatHttpResponse): Integer;
begin
  Result := 0;
end;

procedure TChilkatHttpRequest.AddHeader(const name: WideString; const value: WideString);
begin
end;

procedure TChilkatHttpRequest.AddParam(const name: WideString; const value: WideString);
begin
end;

function TChilkatHttpRequest.AddStringForUpload2(const name: WideString; const filename: WideString; const strData: WideString; const charset: WideString; const contentType: WideString): Integer;
begin
  Result := 0;
end;

function TChilkatHttpRequest.AddFileForUpload2(const name: WideString; const path: WideString; const contentType: WideString): Integer;
begin
  Result := 0;
end;

function TChilkatHttpResponse.GetBodySb(const sb: IChilkatStringBuilder): Integer;
begin
  Result := 0;
end;

function TChilkatJsonObject.LoadSb(const sb: IChilkatStringBuilder): Integer;
begin
  Result := 0;
end;

function TChilkatJsonObject.Emit: WideString;
begin
  Result := '';
end;

function TChilkatJsonObject.StringOf(const jsonPath: WideString): WideString;
begin
  Result := '';
end;

function TChilkatJsonObject.IntOf(const jsonPath: WideString): Integer;
begin
  Result := 0;
end;

function TChilkatJsonObject.BoolOf(const jsonPath: WideString): Integer;
begin
  Result := 0;
end;

function TChilkatJsonObject.SizeOfArray(const jsonPath: WideString): Integer;
begin
  Result := 0;
end;

function TChilkatJsonObject.AddStringAt(index: Integer; const name: WideString; const value: WideString): Integer;
begin
  Result := 0;
end;

function TChilkatJsonObject.UpdateString(const jsonPath: WideString; const value: WideString): Integer;
begin
  Result := 0;
end;

function TChilkatJsonObject.UpdateInt(const jsonPath: WideString; value: Integer): Integer;
begin
  Result := 0;
end;

function TChilkatJsonObject.UpdateNumber(const jsonPath: WideString; const numericStr: WideString): Integer;
begin
  Result := 0;
end;

function TChilkatJsonObject.UpdateBool(const jsonPath: WideString; value: Integer): Integer;
begin
  Result := 0;
end;

function TChilkatJsonObject.UpdateNull(const jsonPath: WideString): Integer;
begin
  Result := 0;
end;

function TChilkatJsonObject.UpdateNewArray(const jsonPath: WideString): Integer;
begin
  Result := 0;
end;

function TChilkatJsonObject.UpdateNewObject(const jsonPath: WideString): Integer;
begin
  Result := 0;
end;

function TChilkatStringBuilder.GetAsString: WideString;
begin
  Result := '';
end;

function TChilkatStringBuilder.Append(const value: WideString): Integer;
begin
  Result := 0;
end;

function TChilkatStringBuilder.Prepend(const value: WideString): Integer;
begin
  Result := 0;
end;

function TChilkatStringBuilder.LoadFile(const path: WideString; const charset: WideString): Integer;
begin
  Result := 0;
end;

function TChilkatBinData.LoadFile(const path: WideString): Integer;
begin
  Result := 0;
end;

end.
